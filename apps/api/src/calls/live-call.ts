import type { CallChannel } from '@callwright/channel-contract';
import type { CallEvent, Run } from '@callwright/runtime';
import type { CallRow, LegRecord } from './call.entity.js';
import { recordWith } from './call-record.js';

/** A call that runs in this process: its channel, its run and its record. */
export class LiveCall {
  #record: CallRow;
  #run: Run | null = null;
  #since: string;

  constructor(
    readonly channel: CallChannel,
    opening: CallRow,
  ) {
    this.#record = opening;
    this.#since = opening.startedAt;
  }

  get id(): string {
    return this.#record.id;
  }

  get workspaceId(): string {
    return this.#record.workspaceId;
  }

  get record(): CallRow {
    return this.#record;
  }

  /** When it came to the node where it stands; before the first: when it began. */
  get since(): string {
    return this.#since;
  }

  get run(): Run | null {
    return this.#run;
  }

  attach(run: Run): void {
    this.#run = run;
  }

  hear(event: CallEvent): CallRow {
    this.#record = recordWith(this.#record, event);
    if (event.name === 'node.entered') this.#since = event.at;
    if (event.name.startsWith('leg.') || event.name === 'call.answered') {
      this.#record = { ...this.#record, legs: this.#withMedia(this.#record.legs) };
    }
    return this.#record;
  }

  /** What events do not tell of a leg, the channel knows. */
  #withMedia(legs: readonly LegRecord[]): LegRecord[] {
    return legs.map((leg) => {
      const living = this.channel.leg(leg.name);
      return living && leg.state !== 'ended' ? { ...leg, codec: living.codec, onHold: living.onHold } : leg;
    });
  }
}
