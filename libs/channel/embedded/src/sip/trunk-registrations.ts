import type { RegistrationChange, TrunkAccount } from '@callwright/channel-contract';
import {
  contactsOf,
  DigestClient,
  expiresOf,
  Headers,
  minExpiresOf,
  NO_BODY,
  parseUri,
  Registering,
  retryAfterOf,
  sameUri,
  type RegisteringEvent,
  type SipRequest,
  type SipResponse,
} from '@callwright/sip';
import type { Logger } from '../logger.js';
import { digestHash } from './digest-hash.js';
import type { Outbox } from './outbox.js';
import { newCallId, newTag, randomText } from './random.js';
import { Timer } from './timer.js';
import type { Flow } from './transport/flow.js';

export interface TrunkRegistrationParts {
  readonly outbox: Outbox;
  /** The way to a trunk; null when its name leads nowhere or nothing may be sent there. */
  readonly flowTo: (trunk: TrunkAccount) => Promise<Flow | null>;
  readonly changed: (change: RegistrationChange) => void;
  readonly logger: Logger;
}

/** Keeps us registered at every trunk that wants it. */
export class TrunkRegistrations {
  readonly #parts: TrunkRegistrationParts;
  readonly #running = new Map<string, { registration: TrunkRegistration; account: string }>();

  constructor(parts: TrunkRegistrationParts) {
    this.#parts = parts;
  }

  /** Begins with new trunks, ends with removed ones, begins anew with changed ones. */
  update(trunks: readonly TrunkAccount[]): void {
    const wanted = new Map(trunks.map((trunk) => [trunk.id, trunk]));
    for (const [id, { registration, account }] of this.#running) {
      const trunk = wanted.get(id);
      if (trunk?.register && JSON.stringify(trunk) === account) continue;
      void registration.stop();
      this.#running.delete(id);
    }
    for (const trunk of trunks) {
      if (!trunk.register) this.#parts.changed({ kind: 'trunk', id: trunk.id, state: 'static' });
      else if (!this.#running.has(trunk.id)) {
        const registration = new TrunkRegistration(trunk, this.#parts);
        this.#running.set(trunk.id, { registration, account: JSON.stringify(trunk) });
        registration.start();
      }
    }
  }

  /** Takes every registration back; resolves when that is on its way. */
  async stop(): Promise<void> {
    const running = [...this.#running.values()];
    this.#running.clear();
    await Promise.all(running.map(({ registration }) => registration.stop()));
  }
}

class TrunkRegistration {
  readonly #trunk: TrunkAccount;
  readonly #parts: TrunkRegistrationParts;
  readonly #machine = new Registering({ random: Math.random });
  readonly #timer: Timer;
  readonly #callId = newCallId();
  readonly #tag = newTag();
  readonly #digest: DigestClient | null;
  #cseq = 0;
  /** The last REGISTER is handed to its transaction. */
  #sent: Promise<void> = Promise.resolve();

  constructor(trunk: TrunkAccount, parts: TrunkRegistrationParts) {
    this.#trunk = trunk;
    this.#parts = parts;
    this.#timer = new Timer(parts.outbox.clock, () => this.#step({ type: 'due' }));
    this.#digest =
      trunk.username === null
        ? null
        : new DigestClient({
            username: trunk.username,
            password: trunk.password ?? '',
            realm: null,
            hash: digestHash,
            random: () => randomText(),
          });
  }

  start(): void {
    this.#step({ type: 'start' });
  }

  async stop(): Promise<void> {
    this.#step({ type: 'stop' });
    await this.#sent;
  }

  #step(event: RegisteringEvent): void {
    for (const effect of this.#machine.on(event, this.#parts.outbox.clock.now())) {
      if (effect.type === 'state') this.#tell(effect.state, effect.reason);
      else {
        this.#sent = this.#register(effect.expires, 0, null).catch((error: unknown) => {
          this.#parts.logger.error('A REGISTER could not be sent.', { trunk: this.#trunk.name, error: String(error) });
          this.#step({ type: 'unreachable' });
        });
      }
    }
    this.#timer.set(this.#machine.deadline);
  }

  #tell(state: Registering['state'], reason: string | null): void {
    if (state === 'registering') return;
    this.#parts.changed({ kind: 'trunk', id: this.#trunk.id, state, ...(reason === null ? {} : { reason }) });
  }

  async #register(expires: number, attempts: number, authorization: readonly [string, string] | null): Promise<void> {
    const { host, port, username, name } = this.#trunk;
    const flow = await this.#parts.flowTo(this.#trunk);
    if (!flow) return this.#step({ type: 'unreachable' });
    const registrar = `sip:${host}${port === 5060 ? '' : `:${port}`}`;
    const identity = `<sip:${encodeURIComponent(username ?? name)}@${host}>`;
    const contact = await this.#parts.outbox.contact(flow, encodeURIComponent(username ?? name));
    this.#cseq += 1;
    const request: SipRequest = {
      kind: 'request',
      method: 'REGISTER',
      uri: registrar,
      headers: Headers.of([
        ['Max-Forwards', '70'],
        ['From', `${identity};tag=${this.#tag}`],
        ['To', identity],
        ['Call-ID', this.#callId],
        ['CSeq', `${this.#cseq} REGISTER`],
        ['Contact', contact],
        ['Expires', String(expires)],
        ...(authorization ? [authorization] : []),
      ]),
      body: NO_BODY,
    };
    await this.#parts.outbox.send(request, flow, {
      response: (response) => this.#answered(response, request.uri, contact, expires, attempts),
      failed: () => this.#step({ type: 'unreachable' }),
    });
  }

  #answered(response: SipResponse, uri: string, contact: string, expires: number, attempts: number): void {
    if (response.status < 200) return;
    const challenge =
      response.status === 401 ? 'WWW-Authenticate' : response.status === 407 ? 'Proxy-Authenticate' : null;
    if (challenge && this.#digest?.accept(response.headers.all(challenge), attempts)) {
      const value = this.#digest.authorize('REGISTER', uri);
      if (value !== null) {
        const header = response.status === 401 ? 'Authorization' : 'Proxy-Authorization';
        this.#register(expires, attempts + 1, [header, value]).catch(() => this.#step({ type: 'unreachable' }));
        return;
      }
    }
    this.#step({
      type: 'response',
      status: response.status,
      expires: grantedSeconds(response, contact),
      minExpires: minExpiresOf(response),
      retryAfter: retryAfterOf(response),
    });
  }
}

/** For how long our own contact was taken: other registrations of the same account are listed beside it. */
function grantedSeconds(response: SipResponse, contact: string): number | null {
  const ours = parseUri(contact.slice(1, -1));
  const mine = contactsOf(response).find((listed) => sameUri(listed.uri, ours)) ?? contactsOf(response)[0];
  const seconds = Number(mine?.params.get('expires') ?? NaN);
  return Number.isInteger(seconds) && seconds > 0 ? seconds : expiresOf(response);
}
