import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@callwright/kernel';
import type { NodeServices } from '@callwright/nodes';
import { Egress } from '../platform/egress/egress.js';
import { CLOCK } from '../platform/tokens.js';
import { SchedulesService } from '../schedules/schedules.service.js';
import { SecretsService } from '../secrets/secrets.service.js';

/** What the nodes of a workspace's calls may ask of the world. */
@Injectable()
export class CallServices {
  constructor(
    private readonly egress: Egress,
    private readonly schedules: SchedulesService,
    private readonly secrets: SecretsService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  of(workspaceId: string): Omit<NodeServices, 'subflows'> {
    return {
      clock: this.clock,
      schedules: { schedule: (name) => this.schedules.named(workspaceId, name) },
      http: {
        request: async ({ secret, headers, ...request }, signal) => {
          const bearer =
            secret === undefined ? {} : { authorization: `Bearer ${await this.secrets.value(workspaceId, secret)}` };
          return this.egress.request({ ...request, headers: { ...headers, ...bearer } }, signal);
        },
      },
    };
  }
}
