import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@callwright/kernel';
import type { HttpReply, NameKind, NodeServices } from '@callwright/nodes';
import { CallEnvironments } from '../environments/call-environments.js';
import { FaxPress } from '../faxes/documents/fax-press.js';
import { FaxOrders } from '../faxes/queue/fax-orders.js';
import { Egress } from '../platform/egress/egress.js';
import { CLOCK } from '../platform/tokens.js';
import { SchedulesService } from '../schedules/schedules.service.js';
import { SecretsService } from '../secrets/secrets.service.js';

/** A server that sends back what it was sent must not show a secret to expressions and logs. */
export function without(secret: string, { status, headers, body }: HttpReply): HttpReply {
  const hide = (text: string) => (secret === '' ? text : text.replaceAll(secret, '•••'));
  return {
    status,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, hide(value)])),
    body: hide(body),
  };
}

/** What the nodes of a workspace's calls may ask of the world. */
@Injectable()
export class CallServices {
  constructor(
    private readonly egress: Egress,
    private readonly schedules: SchedulesService,
    private readonly secrets: SecretsService,
    private readonly environments: CallEnvironments,
    private readonly faxPress: FaxPress,
    private readonly faxOrders: FaxOrders,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  of(workspaceId: string, callId: string): Omit<NodeServices, 'subflows'> {
    const meaning = (kind: NameKind, name: string) => this.environments.meaning(callId, kind, name);
    return {
      clock: this.clock,
      schedules: { schedule: (name) => this.schedules.named(workspaceId, meaning('schedule', name)) },
      faxes: {
        build: async (request, signal) => {
          const { name, pages } = await this.faxPress.build(workspaceId, request, null, signal);
          return { document: name, pages };
        },
        queue: async ({ document, from, ...order }) => {
          const who = { workspaceId, label: 'scenario' };
          const { id } = await this.faxOrders.submit(
            who,
            { ...order, ...(from === null ? {} : { from }), media: document },
            null,
          );
          return { id };
        },
      },
      http: {
        request: async ({ secret, headers, ...request }, signal) => {
          if (secret === undefined) return this.egress.request({ ...request, headers }, signal);
          const value = await this.secrets.value(workspaceId, meaning('secret', secret));
          const authorization = `Bearer ${value}`;
          return without(
            value,
            await this.egress.request({ ...request, headers: { ...headers, authorization } }, signal),
          );
        },
      },
    };
  }
}
