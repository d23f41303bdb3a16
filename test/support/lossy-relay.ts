import { createSocket, type Socket } from 'node:dgram';

export interface Weather {
  /** Share of datagrams that never arrive, each way. */
  readonly loss: number;
  readonly delayMs: number;
  /** The delay varies by this much up and down, so that datagrams overtake each other. */
  readonly jitterMs: number;
}

/** A UDP road to the product with bad weather on it: what is sent to `address` comes to the product from here, and its replies go back. */
export class LossyRelay {
  dropped = 0;
  private readonly doors = new Map<string, Socket>();

  private constructor(
    private readonly front: Socket,
    private readonly target: { readonly host: string; readonly port: number },
    private readonly weather: Weather,
  ) {
    front.on('message', (bytes, { address, port }) => {
      const door = this.doorFor(`${address}:${port}`);
      this.travel(() => door.send(bytes, this.target.port, this.target.host));
    });
  }

  static async open(server: string, weather: Weather): Promise<LossyRelay> {
    const [host = '127.0.0.1', port] = server.split(':');
    const front = createSocket('udp4');
    await new Promise<void>((resolve) => front.bind(0, '127.0.0.1', resolve));
    return new LossyRelay(front, { host, port: Number(port) }, weather);
  }

  get address(): string {
    return `127.0.0.1:${this.front.address().port}`;
  }

  close(): void {
    this.closed = true;
    this.front.close();
    for (const door of this.doors.values()) door.close();
  }
  private closed = false;

  /** Each client has a socket of its own towards the product, as behind a NAT. */
  private doorFor(client: string): Socket {
    const known = this.doors.get(client);
    if (known) return known;
    const [host = '', port] = client.split(':');
    const door = createSocket('udp4');
    door.on('message', (bytes) => this.travel(() => this.front.send(bytes, Number(port), host)));
    this.doors.set(client, door);
    return door;
  }

  private travel(arrive: () => void): void {
    if (Math.random() < this.weather.loss) {
      this.dropped++;
      return;
    }
    const delay = this.weather.delayMs + (2 * Math.random() - 1) * this.weather.jitterMs;
    setTimeout(() => {
      if (!this.closed) arrive();
    }, delay);
  }
}
