import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { CallCause, Headers as HeaderRecord } from '@callwright/channel-contract';
import type { Behaviour, FarEnd } from '@callwright/channel-contract/conformance';
import {
  ackOf,
  buildMessage,
  callIdOf,
  cancelOf,
  cseqOf,
  decodeUtf8,
  Dialog,
  DigestClient,
  encodeUtf8,
  Headers,
  NO_BODY,
  parseMessage,
  replyTo,
  topViaOf,
  type SipRequest,
  type SipResponse,
} from '@callwright/sip';
import { causeOfStatus } from '../causes.js';
import { RtpPhone } from '../media/testing/rtp-phone.js';
import { digestHash } from '../sip/digest-hash.js';
import { callTone, FaxMachine } from './fax-machine.js';
import { pitchMs, tone } from './pitch.js';

let count = 0;
const unique = (what: string) => `${what}${process.pid}x${(count += 1)}`;

export interface SipPhoneOptions {
  readonly serverPort: number;
  readonly username?: string;
  readonly password?: string;
  readonly behaviour?: Behaviour;
  readonly called?: (call: PhoneCall) => void;
}

type Waiting = (response: SipResponse) => void;

/** A telephone on loopback: enough SIP to call, be called, hold, send keys and messages; no repetitions, for nothing is lost there. */
export class SipPhone {
  readonly options: SipPhoneOptions;
  readonly calls = new Map<string, PhoneCall>();
  /** Everything that came, for tests that look at messages. */
  readonly received: (SipRequest | SipResponse)[] = [];
  behaviour: Behaviour;
  readonly #socket: Socket;
  readonly #waiting = new Map<string, Waiting>();

  private constructor(socket: Socket, options: SipPhoneOptions) {
    this.#socket = socket;
    this.options = options;
    this.behaviour = options.behaviour ?? 'answers';
    socket.on('message', (bytes, from) => this.#take(bytes, from));
  }

  static async open(options: SipPhoneOptions): Promise<SipPhone> {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new SipPhone(socket, options);
  }

  get port(): number {
    return this.#socket.address().port;
  }

  get username(): string {
    return this.options.username ?? 'somebody';
  }

  get contact(): string {
    return `<sip:${this.username}@127.0.0.1:${this.port}>`;
  }

  /** Sends a request and gives its final response; `each` hears all of them. */
  ask(request: SipRequest, each: Waiting = () => undefined): Promise<SipResponse> {
    const branch = unique('z9hG4bK');
    request.headers.prepend('Via', `SIP/2.0/UDP 127.0.0.1:${this.port};branch=${branch};rport`);
    return new Promise((resolve) => {
      this.#waiting.set(`${branch}|${cseqOf(request).method}`, (response) => {
        each(response);
        if (response.status >= 200) resolve(response);
      });
      this.send(request);
    });
  }

  send(message: SipRequest | SipResponse, port = this.options.serverPort): void {
    this.#socket.send(buildMessage(message), port, '127.0.0.1');
  }

  sendRaw(bytes: Uint8Array | string): void {
    this.#socket.send(bytes, this.options.serverPort, '127.0.0.1');
  }

  request(
    method: string,
    to: string,
    options: {
      cseq: number;
      callId: string;
      tag: string;
      fields?: readonly (readonly [string, string])[];
      body?: Uint8Array;
    },
  ): SipRequest {
    const { cseq, callId, tag, fields = [], body = NO_BODY } = options;
    const uri = `sip:${to}@127.0.0.1:${this.options.serverPort}`;
    const headers = Headers.of([
      ['Max-Forwards', '70'],
      ['From', `<sip:${this.username}@127.0.0.1>;tag=${tag}`],
      ['To', method === 'REGISTER' ? `<sip:${this.username}@127.0.0.1>` : `<${uri}>`],
      ['Call-ID', callId],
      ['CSeq', `${cseq} ${method}`],
      ['Contact', this.contact],
      ...fields,
    ]);
    return {
      kind: 'request',
      method,
      uri: method === 'REGISTER' ? `sip:127.0.0.1:${this.options.serverPort}` : uri,
      headers,
      body,
    };
  }

  /** As `ask`, answering a challenge with the phone's password. */
  async askWithPassword(
    make: (cseq: number, fields: readonly (readonly [string, string])[]) => SipRequest,
    each?: Waiting,
  ): Promise<{ request: SipRequest; response: SipResponse }> {
    let request = make(1, []);
    let response = await this.ask(request, each);
    const { username, password } = this.options;
    if (response.status === 401 && username !== undefined && password !== undefined) {
      if (request.method === 'INVITE') this.send(ackOf(request, response));
      const digest = new DigestClient({
        username,
        password,
        realm: 'callwright',
        hash: digestHash,
        random: () => unique('c'),
      });
      digest.accept(response.headers.all('WWW-Authenticate'), 0);
      request = make(2, [['Authorization', digest.authorize(request.method, request.uri) ?? '']]);
      response = await this.ask(request, each);
    }
    return { request, response };
  }

  async register(expires = 600): Promise<SipResponse> {
    const callId = unique('register');
    const tag = unique('t');
    const made = await this.askWithPassword((cseq, fields) =>
      this.request('REGISTER', '', { cseq, callId, tag, fields: [['Expires', String(expires)], ...fields] }),
    );
    return made.response;
  }

  /** Calls a number or user; resolves when the call is under way. */
  async call(to: string, headers: HeaderRecord = {}): Promise<PhoneCall> {
    const rtp = await RtpPhone.open({ codec: 'PCMU' });
    const call = new PhoneCall(this, rtp);
    call.place(
      to,
      Object.entries(headers).flatMap(([name, values]) => values.map((value) => [name, value] as const)),
    );
    return call;
  }

  close(): void {
    for (const call of this.calls.values()) call.dispose();
    this.#socket.close();
  }

  #take(bytes: Uint8Array, _from: RemoteInfo): void {
    // A port is soon used again: packets of the audio that lived there before may still come (RTP version 2).
    if (((bytes[0] ?? 0) & 0xc0) === 0x80) return;
    const message = parseMessage(bytes);
    this.received.push(message);
    if (message.kind === 'response') {
      this.#waiting.get(`${topViaOf(message).params.get('branch')}|${cseqOf(message).method}`)?.(message);
      return;
    }
    const call = this.calls.get(callIdOf(message));
    // A call that was refused may come again with a password.
    if (call && !(message.method === 'INVITE' && call.state === 'ended')) call.take(message);
    else if (message.method === 'INVITE') void this.#called(message);
    else if (message.method !== 'ACK') this.send(replyTo(message, 481));
  }

  async #called(invite: SipRequest): Promise<void> {
    const rtp = await RtpPhone.open({ codec: 'PCMU' });
    const call = new PhoneCall(this, rtp);
    call.ring(invite, this.behaviour);
    this.options.called?.(call);
  }
}

const REFUSALS: Partial<Record<Behaviour, number>> = { busy: 486, declines: 603, 'not-found': 404 };

/** One call of a phone, in the hands of a test. */
export class PhoneCall implements FarEnd {
  readonly rtp: RtpPhone;
  readonly messages: string[] = [];
  /** Final status of our INVITE, while it has one. */
  status: number | null = null;
  state: FarEnd['state'] = 'calling';
  refusal: CallCause | null = null;
  requestHeaders: HeaderRecord = {};
  answerHeaders: HeaderRecord = {};
  readonly #phone: SipPhone;
  readonly #tag = unique('t');
  #callId = unique('call');
  #invite: SipRequest | null = null;
  #incoming: SipRequest | null = null;
  #dialog: Dialog | null = null;
  #refusesMessages = false;
  #refusesHold = false;
  #direction = 'sendrecv';
  #version = 1;
  #early = false;

  constructor(phone: SipPhone, rtp: RtpPhone) {
    this.#phone = phone;
    this.rtp = rtp;
  }

  /** The tag that the other side has given this call. */
  get remoteTag(): string | undefined {
    return this.#dialog?.remoteTag;
  }

  get callId(): string {
    return this.#callId;
  }

  place(to: string, fields: readonly (readonly [string, string])[]): void {
    this.#phone.calls.set(this.#callId, this);
    const make = (cseq: number, more: readonly (readonly [string, string])[]) => {
      const request = this.#phone.request('INVITE', to, {
        cseq,
        callId: this.#callId,
        tag: this.#tag,
        fields: [...fields, ...more, ['Content-Type', 'application/sdp']],
        body: this.#sdp(),
      });
      this.#invite = request;
      return request;
    };
    void this.#phone
      .askWithPassword(make, (response) => {
        if (response.status > 100 && response.status < 200) {
          this.state = 'ringing';
          if (response.body.length > 0) this.#talkTo(response.body);
        }
      })
      .then(({ request, response }) => this.#placed(request, response));
  }

  ring(invite: SipRequest, behaviour: Behaviour): void {
    this.#incoming = invite;
    this.#callId = callIdOf(invite);
    this.#phone.calls.set(this.#callId, this);
    this.requestHeaders = invite.headers.toRecord();
    this.#dialog = Dialog.ofIncoming(invite, this.#tag, 1);
    const refusal = REFUSALS[behaviour];
    if (refusal !== undefined) {
      this.#reply(invite, refusal);
      this.#end();
      return;
    }
    this.state = 'ringing';
    this.#reply(invite, 180, NO_BODY);
    if (behaviour === 'answers') void this.answer();
  }

  answer(): Promise<void> {
    if (this.#incoming && this.state === 'ringing') {
      this.#talkTo(this.#incoming.body);
      this.#reply(this.#incoming, 200, this.#sdp());
      this.state = 'answered';
    }
    return Promise.resolve();
  }

  async hangUp(): Promise<void> {
    if (this.state === 'ended') return;
    const { state } = this;
    if (state === 'answered' && this.#dialog) {
      this.#end();
      await this.#phone.ask(this.#dialog.request('BYE'));
    } else if (this.#incoming) {
      this.#reply(this.#incoming, 603);
      this.#end();
    } else if (this.#invite) {
      this.#phone.send(cancelOf(this.#invite));
      this.#end();
    }
  }

  async press(digits: string): Promise<void> {
    this.rtp.press(digits, 100, 80);
    await new Promise((resolve) => setTimeout(resolve, digits.length * 180 + 60));
  }

  /** A key by INFO. */
  async pressByInfo(digit: string): Promise<number> {
    return this.#tell('INFO', 'application/dtmf-relay', `Signal=${digit}\r\nDuration=120\r\n`);
  }

  talk(frequency: number, durationMs: number): void {
    if (this.#incoming && this.state === 'ringing') this.#talkEarly(this.#incoming);
    this.rtp.say(tone(frequency, durationMs));
  }

  hold(): Promise<void> {
    return this.reoffer('sendonly');
  }

  resume(): Promise<void> {
    return this.reoffer('sendrecv');
  }

  async reoffer(direction: string): Promise<void> {
    this.#direction = direction;
    this.#version += 1;
    const request = this.#dialog!.request('INVITE');
    request.headers.add('Contact', this.#phone.contact).add('Content-Type', 'application/sdp');
    const response = await this.#phone.ask({ ...request, body: this.#sdp() });
    this.#ack(cseqOf(request).number);
    this.status = response.status;
  }

  async sendMessage(text: string): Promise<void> {
    await this.#tell('MESSAGE', 'text/plain', text);
  }

  refuseMessages(): void {
    this.#refusesMessages = true;
  }

  refuseHold(): void {
    this.#refusesHold = true;
  }

  soundFax(): void {
    this.rtp.say(callTone());
  }

  beFaxMachine(): void {
    this.rtp.attach(new FaxMachine());
  }

  get digitsHeard(): string {
    const seen = new Set<number>();
    let digits = '';
    for (const event of this.rtp.events()) {
      if (!event.end || seen.has(event.timestamp)) continue;
      seen.add(event.timestamp);
      digits += '0123456789*#ABCD'[event.event] ?? '?';
    }
    return digits;
  }

  heardMs(frequency: number): number {
    return pitchMs(this.rtp.heard(), frequency);
  }

  /** A request of the far end within this call. */
  take(request: SipRequest): void {
    const agree = (status = 200) => this.#phone.send(replyTo(request, status), topViaOf(request).port ?? 5060);
    switch (request.method) {
      case 'ACK':
        return;
      case 'BYE':
        agree();
        return this.#end();
      case 'CANCEL':
        agree();
        if (this.#incoming && this.state !== 'answered') this.#reply(this.#incoming, 487);
        return this.#end();
      case 'MESSAGE':
        if (!this.#refusesMessages) this.messages.push(decodeUtf8(request.body));
        return agree(this.#refusesMessages ? 603 : 200);
      case 'INVITE': {
        // It has audio and nothing else: no T.38.
        if (this.#refusesHold || !/^m=audio [1-9]/m.test(decodeUtf8(request.body))) return this.#reply(request, 488);
        const theirs = /a=(sendonly|recvonly|inactive)/.exec(decodeUtf8(request.body))?.[1] ?? 'sendrecv';
        this.#direction = theirs === 'sendonly' ? 'recvonly' : theirs === 'recvonly' ? 'sendonly' : theirs;
        this.#version += 1;
        this.#talkTo(request.body);
        return this.#reply(request, 200, this.#sdp());
      }
      default:
        agree();
    }
  }

  dispose(): void {
    this.rtp.close();
  }

  #placed(request: SipRequest, response: SipResponse): void {
    this.status = response.status;
    if (response.status >= 300) {
      this.#phone.send(ackOf(request, response));
      this.refusal = this.state === 'ended' ? null : causeOfStatus(response.status);
      return this.#end();
    }
    this.#dialog = Dialog.ofOutgoing(request, response);
    this.#ack(cseqOf(request).number);
    if (this.state === 'ended') {
      void this.#phone.ask(this.#dialog.request('BYE'));
      return;
    }
    this.answerHeaders = response.headers.toRecord();
    this.#talkTo(response.body);
    this.state = 'answered';
  }

  #ack(cseq: number): void {
    const ack = this.#dialog!.ack(cseq);
    ack.headers.prepend('Via', `SIP/2.0/UDP 127.0.0.1:${this.#phone.port};branch=${unique('z9hG4bK')};rport`);
    this.#phone.send(ack);
  }

  async #tell(method: string, contentType: string, text: string): Promise<number> {
    const request = this.#dialog!.request(method);
    request.headers.add('Content-Type', contentType);
    return (await this.#phone.ask({ ...request, body: encodeUtf8(text) })).status;
  }

  #reply(request: SipRequest, status: number, body?: Uint8Array): void {
    const headers = [
      ['Contact', this.#phone.contact],
      ...(body && body.length > 0 ? [['Content-Type', 'application/sdp']] : []),
    ] as [string, string][];
    this.#phone.send(replyTo(request, status, { toTag: this.#tag, headers, body }), topViaOf(request).port ?? 5060);
  }

  #talkTo(sdp: Uint8Array): void {
    const port = Number(/^m=audio ([0-9]+)/m.exec(decodeUtf8(sdp))?.[1] ?? 0);
    this.rtp.hush();
    if (port > 0 && this.#direction !== 'recvonly' && this.#direction !== 'inactive') this.rtp.talkTo(port);
  }

  #talkEarly(invite: SipRequest): void {
    if (this.#early) return;
    this.#early = true;
    this.#reply(invite, 183, this.#sdp());
    this.#talkTo(invite.body);
  }

  #sdp(): Uint8Array {
    return encodeUtf8(
      [
        'v=0',
        `o=- 1 ${this.#version} IN IP4 127.0.0.1`,
        's=-',
        'c=IN IP4 127.0.0.1',
        't=0 0',
        `m=audio ${this.rtp.port} RTP/AVP 0 101`,
        'a=rtpmap:101 telephone-event/8000',
        'a=fmtp:101 0-15',
        `a=${this.#direction}`,
        '',
      ].join('\r\n'),
    );
  }

  #end(): void {
    this.state = 'ended';
    this.rtp.hush();
  }
}
