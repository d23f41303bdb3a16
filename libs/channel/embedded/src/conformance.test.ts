import { join } from 'node:path';
import * as vitest from 'vitest';
import type { CallChannel, IncomingOffer } from '@callwright/channel-contract';
import { describeChannel, RULES, type ChannelHarness, type FarEnd } from '@callwright/channel-contract/conformance';
import { detectFaxLibrary } from '@callwright/fax-terminal';
import { chart, writeChart } from '@callwright/fax-terminal/testing';
import { EmbeddedTelephony } from './embedded-telephony.js';
import { HeldUp } from './testing/held-up.js';
import { SipPhone } from './testing/sip-phone.js';
import { TestHost } from './testing/test-host.js';

const TOLERANCE_MS = 120;
const UNLIMITED = { loopDelayMs: Infinity, mediaLateMs: Infinity, memoryBytes: Infinity };

/** Real SIP and RTP on loopback: a phone for every call, a registered phone for every callee. */
class LoopbackHarness implements ChannelHarness {
  readonly refused = { notAllowed: '+900', limit: '+800' };
  readonly host = new TestHost();
  readonly #phones: SipPhone[] = [];
  readonly #heldUp = new HeldUp();
  #telephony: EmbeddedTelephony | null = null;
  #callees = 0;

  /** What the network and a machine of its own need, and as long as this machine has just been held up by others. */
  get toleranceMs(): number {
    return TOLERANCE_MS + this.#heldUp.worstMs;
  }

  async start(): Promise<void> {
    this.#heldUp.start();
    this.host.numbers.add('1000');
    const page = join(this.host.folder, 'one-page.tif');
    writeChart(page, [chart(1, { height: 60 })]);
    this.host.faxDocuments.set('one-page', { path: page, pages: 1 });
    this.#telephony = new EmbeddedTelephony({
      sipHost: '127.0.0.1',
      sipPort: 0,
      rtpPortMin: 34_000,
      rtpPortMax: 34_998,
      workers: 2,
      egressAllowed: (address) => address.startsWith('127.'),
      egressAllow: ['127.0.0.0/8'],
      admission: UNLIMITED,
      logger: this.host.logger,
      host: this.host,
    });
    await this.#telephony.start();
  }

  async stop(): Promise<void> {
    this.#heldUp.stop();
    await this.#telephony?.stop();
    for (const phone of this.#phones) phone.close();
    this.host.dispose();
    vitest.expect(this.host.logged).toEqual([]);
    vitest.expect(this.#telephony?.open).toMatchObject({ calls: 0, rooms: 0 });
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
    return this.#telephony!.originate({
      callId: `out-${performance.now()}`,
      workspaceId: 'w',
      to,
      timeoutMs: 20_000,
      headers: {},
    });
  }

  async callee(behaviour: 'answers' | 'rings' | 'busy' | 'declines' | 'not-found') {
    const username = `callee-${(this.#callees += 1)}`;
    this.host.addPhone(username, 'secret');
    let reach: (farEnd: FarEnd) => void = () => undefined;
    const reached = new Promise<FarEnd>((resolve) => (reach = resolve));
    const phone = await this.#phone({ username, password: 'secret', behaviour, called: (call) => reach(call) });
    const registered = await phone.register();
    vitest.expect(registered.status).toBe(200);
    return { to: `phone:${username}`, reached: () => reached };
  }

  async #phone(options: Omit<Parameters<typeof SipPhone.open>[0], 'serverPort'>): Promise<SipPhone> {
    const phone = await SipPhone.open({ serverPort: this.#telephony!.sipPort, ...options });
    this.#phones.push(phone);
    return phone;
  }
}

const library = detectFaxLibrary();
const faxRules = RULES.map(({ id }) => id).filter((id) => id.startsWith('fax/') && !id.startsWith('fax/detect'));
const gaps = library.available ? {} : Object.fromEntries(faxRules.map((id) => [id, library.reason ?? '']));

describeChannel(vitest, 'EmbeddedTelephony', new LoopbackHarness(), {
  gaps,
  print: (line) => process.stdout.write(`${line}\n`),
});
