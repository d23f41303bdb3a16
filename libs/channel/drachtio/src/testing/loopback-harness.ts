import { join } from 'node:path';
import type { ChannelHarness } from '@callwright/channel-contract/conformance';
import { PhoneHarness, type CalleeOptions } from '@callwright/channel-embedded/testing';
import { DrachtioTelephony } from '../drachtio-telephony.js';
import type { ServerPrograms } from './programs.js';
import { freeServerPorts, Servers } from './servers.js';

/** Below the ports that the system gives to telephones: FreeSWITCH refuses a call whose port somebody else has. */
const RTP = { min: 10_000, max: 11_998 };

/** Real servers, and real SIP and RTP on loopback: a telephone for every call and for every callee. */
export class LoopbackHarness extends PhoneHarness implements ChannelHarness {
  readonly toleranceMs = 120;
  readonly #programs: ServerPrograms;
  #servers: Servers | null = null;
  #telephony: DrachtioTelephony | null = null;

  constructor(programs: ServerPrograms) {
    super();
    this.#programs = programs;
  }

  get telephony(): DrachtioTelephony {
    return this.#telephony!;
  }

  get servers(): Servers {
    return this.#servers!;
  }

  protected get sipPort(): number {
    return this.servers.options.ports.sip;
  }

  async start(): Promise<void> {
    this.host.numbers.add('1000');
    const ports = await freeServerPorts();
    this.#servers = await Servers.start(this.#programs, { ports, rtp: RTP });
    const { secrets } = this.#servers;
    this.#telephony = new DrachtioTelephony({
      drachtio: { host: '127.0.0.1', port: ports.admin, secret: secrets.drachtio },
      freeswitches: [{ host: '127.0.0.1', port: ports.event }],
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
    this.closePhones();
    await this.#servers?.stop();
    this.host.dispose();
  }

  protected async listens(options: CalleeOptions): Promise<string> {
    const phone = await this.phone(options);
    return `sip:${options.username}@127.0.0.1:${phone.port}`;
  }
}
