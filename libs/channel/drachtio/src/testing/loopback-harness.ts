import { join } from 'node:path';
import type { CallChannel, IncomingOffer } from '@callwright/channel-contract';
import type { Behaviour, ChannelHarness, FarEnd } from '@callwright/channel-contract/conformance';
import { SipPhone, TestHost } from '@callwright/channel-embedded/testing';
import { DrachtioTelephony } from '../drachtio-telephony.js';
import { freePorts } from './free-ports.js';
import type { ServerPrograms } from './programs.js';
import { Servers } from './servers.js';

/** Below the ports that the system gives to telephones: FreeSWITCH refuses a call whose port somebody else has. */
const RTP = { min: 10_000, max: 11_998 };

/** Real servers, and real SIP and RTP on loopback: a telephone for every call and for every callee. */
export class LoopbackHarness implements ChannelHarness {
  readonly toleranceMs = 120;
  readonly refused = { notAllowed: '+900', limit: '+800' };
  readonly host = new TestHost();
  readonly #programs: ServerPrograms;
  readonly #phones: SipPhone[] = [];
  #servers: Servers | null = null;
  #telephony: DrachtioTelephony | null = null;
  #callees = 0;

  constructor(programs: ServerPrograms) {
    this.#programs = programs;
  }

  get telephony(): DrachtioTelephony {
    return this.#telephony!;
  }

  get servers(): Servers {
    return this.#servers!;
  }

  async start(): Promise<void> {
    this.host.numbers.add('1000');
    const [sip, admin, mediaSip, event] = (await freePorts(4)) as [number, number, number, number];
    const ports = { sip, admin, mediaSip, event };
    this.#servers = await Servers.start(this.#programs, { ports, rtp: RTP });
    const { secrets } = this.#servers;
    this.#telephony = new DrachtioTelephony({
      drachtio: { host: '127.0.0.1', port: admin, secret: secrets.drachtio },
      freeswitches: [{ host: '127.0.0.1', port: event }],
      freeswitchSecret: secrets.freeswitch,
      mediaFolder: join(this.host.folder, 'freeswitch'),
      egressAllowed: (address) => address.startsWith('127.'),
      logger: this.host.logger,
      host: this.host,
    });
    await this.#telephony.start();
  }

  async stop(): Promise<void> {
    await this.#telephony?.stop();
    for (const phone of this.#phones) phone.close();
    await this.#servers?.stop();
    this.host.dispose();
  }

  wait(ms: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, ms));
  }

  now(): number {
    return performance.now();
  }

  tone(frequency: number, durationMs: number) {
    return { play: `${frequency}-${durationMs}` };
  }

  async call(options: { headers?: Record<string, readonly string[]> } = {}) {
    const phone = await this.#phone({});
    const accepted = new Promise<CallChannel>((resolve) => {
      this.host.accepted = (channel: CallChannel, _offer: IncomingOffer) => resolve(channel);
    });
    const caller = await phone.call('1000', options.headers ?? {});
    return { channel: await accepted, caller };
  }

  originate(to: string): Promise<CallChannel> {
    const callId = `out-${performance.now()}`;
    return this.telephony.originate({ callId, workspaceId: 'w', to, timeoutMs: 20_000, headers: {} });
  }

  async callee(behaviour: Behaviour) {
    const username = `callee-${(this.#callees += 1)}`;
    let reach: (farEnd: FarEnd) => void = () => undefined;
    const reached = new Promise<FarEnd>((resolve) => (reach = resolve));
    const phone = await this.#phone({ username, behaviour, called: (call) => reach(call) });
    return { to: `sip:${username}@127.0.0.1:${phone.port}`, reached: () => reached };
  }

  async #phone(options: Omit<Parameters<typeof SipPhone.open>[0], 'serverPort'>): Promise<SipPhone> {
    const phone = await SipPhone.open({ serverPort: this.servers.options.ports.sip, ...options });
    this.#phones.push(phone);
    return phone;
  }
}
