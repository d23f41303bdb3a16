import { join } from 'node:path';
import * as vitest from 'vitest';
import { describeChannel, RULES, type ChannelHarness } from '@callwright/channel-contract/conformance';
import { detectFaxLibrary } from '@callwright/fax-terminal';
import { chart, writeChart } from '@callwright/fax-terminal/testing';
import { EmbeddedTelephony } from './embedded-telephony.js';
import { HeldUp } from './testing/held-up.js';
import { PhoneHarness, type CalleeOptions } from './testing/phone-harness.js';

const TOLERANCE_MS = 120;
const UNLIMITED = { loopDelayMs: Infinity, mediaLateMs: Infinity, memoryBytes: Infinity };

/** Real SIP and RTP on loopback: a phone for every call, a registered phone for every callee. */
class LoopbackHarness extends PhoneHarness implements ChannelHarness {
  readonly #heldUp = new HeldUp();
  #telephony: EmbeddedTelephony | null = null;

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
    this.closePhones();
    this.host.dispose();
    vitest.expect(this.host.logged).toEqual([]);
    vitest.expect(this.#telephony?.open).toMatchObject({ calls: 0, rooms: 0 });
  }

  protected get telephony(): EmbeddedTelephony {
    return this.#telephony!;
  }

  protected get sipPort(): number {
    return this.telephony.sipPort;
  }

  protected async listens(options: CalleeOptions): Promise<string> {
    this.host.addPhone(options.username, 'secret');
    const phone = await this.phone({ ...options, password: 'secret' });
    const registered = await phone.register();
    vitest.expect(registered.status).toBe(200);
    return `phone:${options.username}`;
  }
}

const library = detectFaxLibrary();
const faxRules = RULES.map(({ id }) => id).filter((id) => id.startsWith('fax/') && !id.startsWith('fax/detect'));
const gaps = library.available ? {} : Object.fromEntries(faxRules.map((id) => [id, library.reason ?? '']));

describeChannel(vitest, 'EmbeddedTelephony', new LoopbackHarness(), {
  gaps,
  print: (line) => process.stdout.write(`${line}\n`),
});
