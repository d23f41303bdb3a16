import { createSocket, type Socket } from 'node:dgram';
import { header, unique, type SipText } from './raw-sip.js';

/** Answers every INVITE with "busy", and counts calls: retransmissions of an INVITE are the same call. */
export class BusyExchange {
  /** Call-IDs, by the number that was called. */
  readonly calls = new Map<string, Set<string>>();

  private constructor(private readonly socket: Socket) {
    socket.on('message', (bytes, { address, port }) => {
      const text = bytes.toString('latin1');
      const number = /^INVITE sips?:([^@;>]+)@/.exec(text)?.[1];
      if (number === undefined) return;
      const message: SipText = { text, status: null, method: 'INVITE' };
      const callId = header(message, 'Call-ID') ?? '';
      const known = this.calls.get(number) ?? new Set();
      this.calls.set(number, known.add(callId));
      const reply = [
        'SIP/2.0 486 Busy Here',
        ...text.split('\r\n').filter((line) => /^(via|v):/i.test(line)),
        ...['From', 'Call-ID', 'CSeq'].map((name) => `${name}: ${header(message, name)}`),
        `To: ${header(message, 'To')};tag=${unique()}`,
        'Content-Length: 0',
      ];
      socket.send(`${reply.join('\r\n')}\r\n\r\n`, port, address);
    });
  }

  static async open(): Promise<BusyExchange> {
    const socket = createSocket('udp4');
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    return new BusyExchange(socket);
  }

  get address(): string {
    return `127.0.0.1:${this.socket.address().port}`;
  }

  /** How often each number was called. */
  get counts(): ReadonlyMap<string, number> {
    return new Map([...this.calls].map(([number, calls]) => [number, calls.size]));
  }

  close(): void {
    this.socket.close();
  }
}
