import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { connect, type Socket as TcpSocket } from 'node:net';
import { eventually } from './eventually.js';

/** A reply or request as it came, with just enough taken apart to ask about it. */
export interface SipText {
  readonly text: string;
  /** Status of a reply, or null for a request. */
  readonly status: number | null;
  /** Method of a request, or null for a reply. */
  readonly method: string | null;
}

const read = (text: string): SipText => ({
  text,
  status: Number(/^SIP\/2\.0 (\d{3})/.exec(text)?.[1] ?? 0) || null,
  method: /^([A-Z]+) \S+ SIP\/2\.0/.exec(text)?.[1] ?? null,
});

export const header = (message: SipText, name: string): string | null =>
  new RegExp(`^${name}\\s*:\\s*(.*?)\\r?$`, 'im').exec(message.text)?.[1] ?? null;

/** A UDP socket that says exactly the bytes it is told to, and keeps everything that comes back. */
export class RawUdp {
  readonly messages: SipText[] = [];

  private constructor(
    private readonly socket: UdpSocket,
    private readonly server: { readonly host: string; readonly port: number },
  ) {
    socket.on('message', (bytes) => this.messages.push(read(bytes.toString('latin1'))));
  }

  static async open(server: string): Promise<RawUdp> {
    const socket = createSocket('udp4');
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    return new RawUdp(socket, addressOf(server));
  }

  get port(): number {
    return this.socket.address().port;
  }

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  send(message: string | Uint8Array): Promise<void> {
    return new Promise((resolve, reject) =>
      this.socket.send(message, this.server.port, this.server.host, (error) => (error ? reject(error) : resolve())),
    );
  }

  /** The first message that fits. */
  saw(what: string, fits: (message: SipText) => boolean, timeoutMs = 30_000): Promise<SipText> {
    const seen = () => this.messages.map((message) => message.status ?? message.method).join(' ');
    return eventually(`${what}; came: ${seen()}`, () => this.messages.find(fits), timeoutMs);
  }

  close(): void {
    this.socket.close();
  }
}

/** The same over a TCP connection. */
export class RawTcp {
  received = '';
  closed = false;

  private constructor(private readonly socket: TcpSocket) {
    socket.on('data', (chunk: Buffer) => (this.received += chunk.toString('latin1')));
    socket.on('close', () => (this.closed = true));
    socket.on('error', () => (this.closed = true));
  }

  static open(server: string): Promise<RawTcp> {
    const { host, port } = addressOf(server);
    return new Promise((resolve, reject) => {
      const socket = connect(port, host, () => resolve(new RawTcp(socket)));
      socket.once('error', reject);
    });
  }

  send(message: string | Uint8Array): void {
    if (!this.closed) this.socket.write(message);
  }

  close(): void {
    this.socket.destroy();
  }
}

function addressOf(server: string): { host: string; port: number } {
  const [host = '127.0.0.1', port = '5060'] = server.split(':');
  return { host, port: Number(port) };
}

let counter = 0;
/** Something that no other message has: for branches, tags and Call-IDs. */
export const unique = (): string =>
  `${Date.now().toString(36)}${(counter++).toString(36)}${Math.random().toString(36).slice(2, 8)}`;

export interface RequestOptions {
  readonly method: string;
  readonly uri: string;
  /** Our own address as Via and Contact say it. */
  readonly from: string;
  readonly user?: string;
  readonly callId?: string;
  readonly cseq?: number;
  readonly branch?: string;
  readonly fromTag?: string;
  readonly toTag?: string;
  readonly transport?: 'UDP' | 'TCP';
  readonly headers?: readonly string[];
  readonly body?: string;
}

/** A well-formed request. */
export function request(options: RequestOptions): string {
  const { method, uri, from, user = 'stranger', cseq = 1, transport = 'UDP', headers = [], body = '' } = options;
  const lines = [
    `${method} ${uri} SIP/2.0`,
    `Via: SIP/2.0/${transport} ${from};branch=${options.branch ?? `z9hG4bK${unique()}`};rport`,
    'Max-Forwards: 70',
    `From: <sip:${user}@${from}>;tag=${options.fromTag ?? unique()}`,
    `To: <${uri}>${options.toTag ? `;tag=${options.toTag}` : ''}`,
    `Call-ID: ${options.callId ?? unique()}`,
    `CSeq: ${cseq} ${method}`,
    `Contact: <sip:${user}@${from}>`,
    ...(body && !headers.some((line) => /^content-type:/i.test(line)) ? ['Content-Type: application/sdp'] : []),
    ...headers,
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}

/** An offer of G.711 and RFC 4733 events at an address. */
export const offer = (port: number, host = '127.0.0.1'): string =>
  [
    'v=0',
    `o=- 1 1 IN IP4 ${host}`,
    's=-',
    `c=IN IP4 ${host}`,
    't=0 0',
    `m=audio ${port} RTP/AVP 0 8 101`,
    'a=rtpmap:0 PCMU/8000',
    'a=rtpmap:8 PCMA/8000',
    'a=rtpmap:101 telephone-event/8000',
    'a=fmtp:101 0-15',
    '',
  ].join('\r\n');
