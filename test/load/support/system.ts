/** Something that answers calls under load: the product, or what it is compared with. */
export interface System {
  /** As it stands behind `to` in a line of figures. */
  readonly name: string;
  readonly sipAddress: string;
  /** Its processes; what they started counts too. */
  readonly pids: readonly number[];
  /** From now on a call to `number` is answered, hears so many seconds of sound so many times, and is hung up. */
  announce(number: string, seconds: number, times: number): Promise<void>;
  readonly running: boolean;
  stop(): Promise<void>;
}
