import { Injectable } from '@nestjs/common';

/** The ports that this process listens on: nothing that it fetches may lead back to them. */
@Injectable()
export class OwnPorts {
  readonly #ports = new Set<number>();

  add(port: number): void {
    this.#ports.add(port);
  }

  get all(): readonly number[] {
    return [...this.#ports];
  }
}
