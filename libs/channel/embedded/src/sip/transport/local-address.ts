import { createSocket } from 'node:dgram';
import { networkInterfaces } from 'node:os';

const REMEMBER_MS = 30_000;
const MOST = 10_000;

/** The address from which the machine would send to a peer: what its routing table says, asked by connecting a UDP socket (no packet is sent). */
export class LocalAddresses {
  readonly #known = new Map<string, { address: Promise<string>; until: number }>();

  for(peer: string): Promise<string> {
    const now = Date.now();
    const known = this.#known.get(peer);
    if (known && known.until > now) return known.address;
    if (this.#known.size >= MOST) this.#known.clear();
    const address = askRoute(peer);
    this.#known.set(peer, { address, until: now + REMEMBER_MS });
    return address;
  }
}

function askRoute(peer: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    const done = (address: string) => {
      socket.close();
      resolve(address);
    };
    socket.once('error', () => done(firstAddress()));
    // Port 9 (discard): connecting sends nothing.
    socket.connect(9, peer, () => done(socket.address().address));
  });
}

function firstAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return addresses.find((entry) => entry.family === 'IPv4' && !entry.internal)?.address ?? '127.0.0.1';
}
