import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import { sameEndpoint, type Endpoint } from './endpoint.js';
import { canonicalAddress } from './sockaddr.js';
import { PortTaken, type ControlSocket, type MediaTransport, type RtpSocket, type SocketPair } from './transport.js';

const BUFFER_BYTES = 2048;
/** More waiting datagrams of one leg than this are thrown away. */
const MAX_QUEUED = 512;

interface Datagram {
  readonly bytes: Buffer;
  readonly source: Endpoint;
}

/** Node's own sockets: everywhere, at twice the cost of raw ones. */
export class DgramTransport implements MediaTransport {
  readonly kind = 'dgram';
  readonly buffer = new Uint8Array(BUFFER_BYTES);

  async open(address: string, port: number): Promise<SocketPair> {
    const rtp = await bound(address, port);
    let rtcp: Socket;
    try {
      rtcp = await bound(address, port === 0 ? 0 : port + 1);
    } catch (error) {
      rtp.close();
      throw error;
    }
    let open = true;
    return {
      rtp: new DgramRtpSocket(rtp, this.buffer),
      rtcp: new DgramControlSocket(rtcp),
      descriptors: [],
      close: () => {
        if (!open) return;
        open = false;
        rtp.close();
        rtcp.close();
      },
    };
  }

  pollControl(): void {
    // Node hands RTCP over by itself.
  }

  close(): void {
    // Holds nothing beyond the sockets of its sessions.
  }
}

async function bound(address: string, port: number): Promise<Socket> {
  const family = isIPv6(address) ? 6 : 4;
  // Addresses are literals: asking a resolver for each packet would be a waste.
  const socket = createSocket({ type: `udp${family}`, lookup: (name, _options, done) => done(null, name, family) });
  const listening = once(socket, 'listening');
  socket.bind(port, address);
  try {
    await listening;
  } catch (error) {
    socket.close();
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') throw new PortTaken();
    throw error;
  }
  // Errors of a single packet (ICMP "port unreachable") concern nobody: the next one may arrive.
  socket.on('error', () => undefined);
  return socket;
}

class DgramRtpSocket implements RtpSocket {
  readonly localPort: number;
  readonly descriptor = null;
  readonly #socket: Socket;
  readonly #buffer: Uint8Array;
  #queue: Datagram[] = [];
  #source: Endpoint = { address: '', port: 0 };
  #peer: Endpoint = { address: '', port: 0 };
  #locked = false;
  /** The kernel keeps strangers away. */
  #connected = false;

  constructor(socket: Socket, buffer: Uint8Array) {
    this.#socket = socket;
    this.#buffer = buffer;
    this.localPort = socket.address().port;
    socket.on('message', (bytes, { address, port }) => {
      const source = { address: canonicalAddress(address), port };
      if (this.#queue.length >= MAX_QUEUED || (this.#locked && !sameEndpoint(source, this.#peer))) return;
      this.#queue.push({ bytes, source });
    });
  }

  receive(): number {
    const next = this.#queue.shift();
    if (!next) return 0;
    this.#source = next.source;
    const length = Math.min(next.bytes.length, BUFFER_BYTES);
    this.#buffer.set(next.bytes.subarray(0, length));
    // An empty datagram is nothing, but those behind it are something.
    return length === 0 ? this.receive() : length;
  }

  source(): Endpoint {
    return this.#source;
  }

  target(peer: Endpoint): void {
    this.#peer = peer;
  }

  send(packet: Uint8Array, length: number): void {
    // A copy, since the packet's memory is used again before the event loop may have sent it.
    const copy = Buffer.from(packet.subarray(0, length));
    if (this.#connected) this.#socket.send(copy, ignore);
    else this.#socket.send(copy, this.#peer.port, this.#peer.address, ignore);
  }

  lock(): void {
    this.#queue = [];
    this.#locked = true;
    // With a literal address it is done at once, if it can be done; else we go on as before and choose by ourselves.
    this.#socket.connect(this.#peer.port, this.#peer.address);
    this.#connected = isConnected(this.#socket);
  }

  unlock(): void {
    this.#locked = false;
    if (!this.#connected) return;
    this.#connected = false;
    this.#socket.disconnect();
  }
}

function isConnected(socket: Socket): boolean {
  try {
    socket.remoteAddress();
    return true;
  } catch {
    return false;
  }
}

class DgramControlSocket implements ControlSocket {
  onMessage: ((bytes: Uint8Array, source: Endpoint) => void) | null = null;
  readonly #socket: Socket;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('message', (bytes, { address, port }) =>
      this.onMessage?.(bytes, { address: canonicalAddress(address), port }),
    );
  }

  send(packet: Uint8Array, peer: Endpoint): void {
    this.#socket.send(packet, peer.port, peer.address, ignore);
  }
}

/** A packet that could not be sent is a lost packet, as on any network. */
const ignore = () => undefined;
