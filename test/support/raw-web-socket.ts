import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

/** A WebSocket client that sends whatever bytes it is told to, well-formed or not. */
export class RawWebSocket {
  received = '';
  open = true;

  private constructor(private readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => (this.received += chunk.toString('latin1')));
    socket.on('close', () => (this.open = false));
    socket.on('error', () => (this.open = false));
  }

  static connect(url: string, path: string): Promise<RawWebSocket> {
    const { hostname, port } = new URL(url);
    return new Promise((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => {
        const key = randomBytes(16).toString('base64');
        socket.write(
          `GET ${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
        );
      });
      socket.once('error', reject);
      socket.once('data', () => resolve(new RawWebSocket(socket)));
    });
  }

  bytes(bytes: Uint8Array): void {
    if (this.open) this.socket.write(bytes);
  }

  text(text: string): void {
    this.frame(0x1, Buffer.from(text));
  }

  /** One whole frame, masked as a client must. */
  frame(opcode: number, payload: Uint8Array): void {
    const mask = randomBytes(4);
    const length =
      payload.length < 126
        ? Buffer.of(0x80 | payload.length)
        : payload.length < 65_536
          ? Buffer.of(0x80 | 126, payload.length >> 8, payload.length & 0xff)
          : Buffer.concat([Buffer.of(0x80 | 127), Buffer.from(payload.length.toString(16).padStart(16, '0'), 'hex')]);
    const masked = payload.map((byte, n) => byte ^ mask[n % 4]!);
    this.bytes(Buffer.concat([Buffer.of(0x80 | opcode), length, mask, masked]));
  }

  close(): void {
    this.socket.destroy();
  }
}
