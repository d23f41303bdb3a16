import { header, offer, request, unique, type RawUdp, type SipText } from './raw-sip.js';

export interface RawCallOptions {
  readonly server: string;
  readonly number: string;
  readonly user?: string;
  readonly headers?: readonly string[];
  readonly body?: string;
}

/** A call that is placed by hand, request by request. */
export class RawCall {
  readonly callId = unique();
  private readonly fromTag = unique();
  private toTag = '';
  private target: string;
  private cseq = 1;
  final!: SipText;

  private constructor(
    private readonly socket: RawUdp,
    private readonly options: RawCallOptions,
  ) {
    this.target = `sip:${options.number}@${options.server}`;
  }

  /** Sends the INVITE, waits for the final reply and acknowledges it. */
  static async place(socket: RawUdp, options: RawCallOptions, timeoutMs = 30_000): Promise<RawCall> {
    const call = new RawCall(socket, options);
    const branch = `z9hG4bK${unique()}`;
    const { headers = [], body = offer(40_000) } = options;
    await socket.send(call.write('INVITE', { branch, headers, body }));
    call.final = await call.reply('INVITE', 1, timeoutMs);
    call.toTag = /;tag=([^;\s>]+)/.exec(header(call.final, 'To') ?? '')?.[1] ?? '';
    const refused = call.final.status! >= 300;
    if (!refused) call.target = /<([^>]+)>/.exec(header(call.final, 'Contact') ?? '')?.[1] ?? call.target;
    await socket.send(call.write('ACK', refused ? { branch } : {}));
    return call;
  }

  /** Its name in a Replaces header, seen from the product (RFC 3891 section 3). */
  get dialog(): string {
    return `${this.callId};to-tag=${this.toTag};from-tag=${this.fromTag}`;
  }

  /** Sends a request within the call and gives its final reply. */
  async ask(
    method: string,
    options: { readonly headers?: readonly string[]; readonly body?: string } = {},
  ): Promise<SipText> {
    this.cseq += 1;
    await this.socket.send(this.write(method, options));
    return this.reply(method, this.cseq);
  }

  /** Waits for the far end's BYE and agrees. */
  async endedByFarEnd(timeoutMs: number): Promise<void> {
    const bye = await this.socket.saw('BYE', (message) => message.method === 'BYE' && this.has(message), timeoutMs);
    const copied = ['Via', 'From', 'To', 'Call-ID', 'CSeq'].map((name) => `${name}: ${header(bye, name)}`);
    await this.socket.send(`SIP/2.0 200 OK\r\n${copied.join('\r\n')}\r\nContent-Length: 0\r\n\r\n`);
  }

  private reply(method: string, cseq: number, timeoutMs?: number): Promise<SipText> {
    const wanted = new RegExp(`^${cseq}\\s+${method}$`, 'i');
    return this.socket.saw(
      `a final reply to ${method}`,
      (message) => (message.status ?? 0) >= 200 && this.has(message) && wanted.test(header(message, 'CSeq') ?? ''),
      timeoutMs,
    );
  }

  private has(message: SipText): boolean {
    return header(message, 'Call-ID') === this.callId;
  }

  private write(
    method: string,
    options: { readonly branch?: string; readonly headers?: readonly string[]; readonly body?: string },
  ): string {
    const { user } = this.options;
    return request({
      method,
      uri: this.target,
      from: this.socket.address,
      callId: this.callId,
      fromTag: this.fromTag,
      cseq: this.cseq,
      ...(user !== undefined && { user }),
      ...(this.toTag !== '' && { toTag: this.toTag }),
      ...options,
    });
  }
}
