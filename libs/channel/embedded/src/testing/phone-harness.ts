import type { CallChannel, IncomingOffer, Telephony } from '@callwright/channel-contract';
import type { Behaviour, Callee, FarEnd } from '@callwright/channel-contract/conformance';
import { SipPhone } from './sip-phone.js';
import { TestHost } from './test-host.js';

type PhoneOptions = Omit<Parameters<typeof SipPhone.open>[0], 'serverPort'>;
export type CalleeOptions = PhoneOptions & { readonly username: string };

/** What the harnesses of all adapters over SIP have alike: real time, and a telephone on loopback for every call and every callee. */
export abstract class PhoneHarness {
  readonly refused = { notAllowed: '+900', limit: '+800' };
  readonly host = new TestHost();
  readonly #phones: SipPhone[] = [];
  #callees = 0;

  protected abstract get telephony(): Telephony;
  /** Where telephones send their SIP. */
  protected abstract get sipPort(): number;

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
    const phone = await this.phone({});
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

  async callee(behaviour: Behaviour): Promise<Callee> {
    const username = `callee-${(this.#callees += 1)}`;
    let reach: (farEnd: FarEnd) => void = () => undefined;
    const reached = new Promise<FarEnd>((resolve) => (reach = resolve));
    const to = await this.listens({ username, behaviour, called: (call) => reach(call) });
    return { to, reached: () => reached };
  }

  /** Opens the telephone of a callee, and gives the destination that reaches it. */
  protected abstract listens(options: CalleeOptions): Promise<string>;

  protected async phone(options: PhoneOptions): Promise<SipPhone> {
    const phone = await SipPhone.open({ serverPort: this.sipPort, ...options });
    this.#phones.push(phone);
    return phone;
  }

  protected closePhones(): void {
    for (const phone of this.#phones) phone.close();
  }
}
