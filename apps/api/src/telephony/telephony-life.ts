import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Telephony } from '@callwright/channel-contract';
import type { Clock, Unsubscribe } from '@callwright/kernel';
import type { Logger } from 'pino';
import { Admission } from '../calls/admission.js';
import { type CallHappening, CallRegistry } from '../calls/call-registry.js';
import { EventLog } from '../calls/event-log.js';
import { InterruptedCalls } from '../calls/interrupted-calls.js';
import { OutboundPolicy } from '../limits/outbound-policy.js';
import { PhonesService } from '../phones/phones.service.js';
import { CLOCK, LOGGER, TELEPHONY } from '../platform/tokens.js';
import { TrunksService } from '../trunks/trunks.service.js';

const CUT_EVERY_MS = 5000;

/** Who starts and ends the telephony, and what it is told and tells meanwhile. */
@Injectable()
export class TelephonyLife implements OnApplicationBootstrap {
  readonly #unsubscribe: Unsubscribe[] = [];
  #cutTimer: Unsubscribe | undefined;
  #stopping = false;

  constructor(
    private readonly registry: CallRegistry,
    private readonly admission: Admission,
    private readonly interrupted: InterruptedCalls,
    private readonly log: EventLog,
    private readonly policy: OutboundPolicy,
    private readonly phones: PhonesService,
    private readonly trunks: TrunksService,
    @Inject(TELEPHONY) private readonly telephony: Telephony,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.interrupted.close();
    await this.telephony.start();
    this.#unsubscribe.push(
      this.registry.happened.subscribe((happening) => this.#count(happening)),
      this.phones.changed.subscribe(() => this.#refresh()),
      this.trunks.changed.subscribe(() => this.#refresh()),
    );
    void this.#cutUsedUp();
  }

  /** No new calls from here on; those that run go on. */
  drain(): void {
    this.admission.drain();
    this.telephony.drain();
  }

  /** Ends what runs, and writes down everything that was said of it. */
  async stop(): Promise<void> {
    this.drain();
    this.#stopping = true;
    this.#cutTimer?.();
    await this.registry.stopAll();
    await this.registry.whenEmpty();
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    await this.telephony.stop();
    await this.log.flush();
  }

  #refresh(): void {
    this.telephony
      .refresh()
      .catch((error: unknown) => this.logger.error({ err: error }, 'phones and trunks could not be read anew'));
  }

  #count({ event }: CallHappening): void {
    const { counters } = this.policy;
    if (event.name === 'call.started') counters.runs(event.callId, event.scenarioId);
    else if (event.name === 'leg.added') counters.legAdded(event.callId, event.leg);
    else if (event.name === 'call.answered') counters.legAnswered(event.callId, event.leg);
    else if (event.name === 'leg.ended') counters.legEnded(event.callId, event.leg);
    else if (event.name === 'run.ended') counters.callEnded(event.callId);
    else return;
    this.policy.changed();
  }

  async #cutUsedUp(): Promise<void> {
    for (const { callId, leg, workspaceId } of await this.policy.usedUp()) {
      this.logger.warn({ call: callId, leg }, 'a leg is cut: the minutes of the day are used up');
      const hangUp = this.registry.get(workspaceId, callId)?.channel.leg(leg)?.hangUp('normal');
      hangUp?.catch((error: unknown) => this.logger.error({ err: error, call: callId }, 'a leg could not be cut'));
    }
    if (!this.#stopping) this.#cutTimer = this.clock.at(this.clock.now() + CUT_EVERY_MS, () => void this.#cutUsedUp());
  }
}
