/**
 * Even RTP ports, each with the odd one behind it for RTCP. The one that was given back last is given out last, so that packets of
 * a call that is over do not meet the next one.
 */
export class PortPool {
  #free: number[] = [];

  constructor(min: number, max: number) {
    for (let port = min + (min & 1); port + 1 <= max; port += 2) this.#free.push(port);
  }

  get free(): number {
    return this.#free.length - this.#taken;
  }

  take(): number | undefined {
    if (this.#taken === this.#free.length) return undefined;
    const port = this.#free[this.#taken++];
    // The front of the list is gone through, not shifted: 5,000 entries would be moved for each call.
    if (this.#taken > 1024) {
      this.#free = this.#free.slice(this.#taken);
      this.#taken = 0;
    }
    return port;
  }

  giveBack(port: number): void {
    this.#free.push(port);
  }

  #taken = 0;
}
