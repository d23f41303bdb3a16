import { Controller, Get, Header, Inject, NotFoundException, Res } from '@nestjs/common';
import { ApiProduces } from '@nestjs/swagger';
import type { Telephony } from '@callwright/channel-contract';
import type { SpeechService } from '@callwright/speech';
import type { Response } from 'express';
import { z } from 'zod';
import { Admission } from '../../calls/admission.js';
import { CallRegistry } from '../../calls/call-registry.js';
import { EventLog } from '../../calls/event-log.js';
import type { Config } from '../config/config.js';
import { Allow, Answers } from '../http/routes.js';
import { Metrics } from '../metrics/metrics.js';
import { CONFIG, SPEECH, TELEPHONY } from '../tokens.js';

const available = z.object({ available: z.boolean(), reason: z.string().nullable() });
const versionReply = z.object({
  version: z.string(),
  commit: z.string(),
  node: z.string(),
  telephony: z.string(),
  sip: z.string().meta({ description: 'Where phones register: `HOST:PORT`.' }),
  features: z.object({ fax: available, speech: available, inBandDigits: available }),
});
const withReason = ({ available, reason = null }: { available: boolean; reason?: string | null }) => ({
  available,
  reason,
});
const liveReply = z.object({ status: z.literal('ok') });
const readyReply = z.object({
  status: z.enum(['ready', 'not-ready']),
  reasons: z.array(z.string()).meta({ description: 'Why no more calls are taken, in words for an operator.' }),
  calls: z.number(),
});

@Controller()
export class HealthController {
  constructor(
    private readonly registry: CallRegistry,
    private readonly admission: Admission,
    private readonly log: EventLog,
    private readonly metrics: Metrics,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(TELEPHONY) private readonly telephony: Telephony,
    @Inject(SPEECH) private readonly speech: SpeechService,
  ) {}

  @Get('health/live')
  @Allow('anyone', 'The process runs.')
  @Answers(200, liveReply)
  live() {
    return { status: 'ok' };
  }

  @Get('health/ready')
  @Allow('anyone', 'New calls are taken; 503 with the reasons when not.')
  @Answers(200, readyReply)
  ready(@Res({ passthrough: true }) response: Response) {
    const telephony = this.telephony.health();
    const reasons = [
      ...this.admission.reasons(this.registry.size),
      ...(telephony.ready ? [] : telephony.reasons),
      ...(this.log.away ? ['the database does not answer'] : []),
    ];
    if (reasons.length > 0) response.status(503).setHeader('Retry-After', '5');
    return { status: reasons.length > 0 ? 'not-ready' : 'ready', reasons, calls: this.registry.size };
  }

  @Get('metrics')
  @Allow('anyone', 'Metrics for Prometheus; not here when METRICS_BIND gives them a server of their own.')
  @ApiProduces('text/plain')
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  exposition() {
    if (this.config.METRICS_BIND !== undefined) throw new NotFoundException();
    return this.metrics.registry.metrics();
  }

  @Get('api/version')
  @Allow('anyone', 'What runs here and what it can do.')
  @Answers(200, versionReply)
  version() {
    return {
      version: this.config.version,
      commit: this.config.commit,
      node: process.version,
      telephony: this.telephony.kind,
      sip: this.telephony.health().address.replace(/^sip:/, ''),
      features: {
        fax: withReason(this.telephony.fax),
        speech: withReason(this.speech.availability),
        inBandDigits: withReason(this.telephony.inBandDigits),
      },
    };
  }
}
