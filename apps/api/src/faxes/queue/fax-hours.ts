import { Inject, Injectable } from '@nestjs/common';
import { isCallwrightError, type Clock } from '@callwright/kernel';
import { nextOpening, scheduleSchema } from '@callwright/nodes';
import { CLOCK } from '../../platform/tokens.js';
import { SchedulesService } from '../../schedules/schedules.service.js';
import type { Fax } from '../fax.entity.js';

/** A schedule that does not open in sight is looked at again after so long: somebody may have changed it. */
const LOOK_AGAIN_MS = 24 * 60 * 60_000;

/** When a fax may be tried by the hours of its schedule. */
@Injectable()
export class FaxHours {
  constructor(
    private readonly schedules: SchedulesService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Milliseconds since the epoch: now, or when it opens next. A schedule that was deleted holds nothing back. */
  async opensFor({ workspaceId, schedule }: Pick<Fax, 'workspaceId' | 'schedule'>): Promise<number> {
    const now = this.clock.now();
    if (schedule === null) return now;
    try {
      const hours = scheduleSchema.parse(await this.schedules.named(workspaceId, schedule));
      return nextOpening(hours, now) ?? now + LOOK_AGAIN_MS;
    } catch (error) {
      if (isCallwrightError(error) && error.code === 'schedule.not-found') return now;
      throw error;
    }
  }
}
