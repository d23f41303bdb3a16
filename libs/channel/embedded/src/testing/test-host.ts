import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  channelError,
  parseDestination,
  type Admission,
  type CallChannel,
  type IncomingOffer,
  type PhoneAccount,
  type PromptAudio,
  type PromptPart,
  type RegistrationChange,
  type Route,
  type RouteRequest,
  type SignallingMessage,
  type TelephonyHost,
  type TrunkAccount,
} from '@callwright/channel-contract';
import { networkTone, readWav } from '@callwright/media';
import { digestHa1 } from '@callwright/sip';
import type { Logger } from '../logger.js';
import { digestHash } from '../sip/digest-hash.js';
import { REALM } from '../sip/authenticator.js';
import { tone } from './pitch.js';

/** A host as the API would be one, in the hands of a test. */
export class TestHost implements TelephonyHost {
  readonly phones = new Map<string, PhoneAccount>();
  readonly trunkList: TrunkAccount[] = [];
  readonly offers: IncomingOffer[] = [];
  readonly changes: RegistrationChange[] = [];
  readonly channels: CallChannel[] = [];
  /** Signalling of calls that are over. */
  readonly told = new Map<string, readonly SignallingMessage[]>();
  readonly logged: string[] = [];
  readonly folder = mkdtempSync(join(tmpdir(), 'callwright-sip-'));
  readonly committed: { name: string; durationMs: number; bytes: number }[] = [];
  /** Numbers that have a scenario. */
  readonly numbers = new Set<string>();
  accepted: (channel: CallChannel, offer: IncomingOffer) => void = () => undefined;
  admitOther: (offer: IncomingOffer) => Admission | null = () => null;
  routeOther: (request: RouteRequest) => Route | null = () => null;
  readonly #taken = new Set<string>();
  readonly #audio = new Map<string, Promise<PromptAudio>>();

  readonly logger: Logger = {
    debug: () => undefined,
    info: () => undefined,
    warn: (message, details) => this.logged.push(`${message} ${JSON.stringify(details ?? {})}`),
    error: (message, details) => this.logged.push(`${message} ${JSON.stringify(details ?? {})}`),
  };

  addPhone(username: string, password: string): void {
    const ha1 = (algorithm: 'MD5' | 'SHA-256') => digestHa1(digestHash, algorithm, username, REALM, password);
    this.phones.set(username, { username, workspaceId: 'w', ha1: { md5: ha1('MD5'), sha256: ha1('SHA-256') } });
  }

  admit(offer: IncomingOffer): Promise<Admission> {
    this.offers.push(offer);
    const other = this.admitOther(offer);
    if (other) return Promise.resolve(other);
    if (this.numbers.has(offer.to) || offer.to.startsWith('scenario:'))
      return Promise.resolve({ verdict: 'run', token: offer.to, workspaceId: 'w' });
    if (offer.phone && this.phones.has(offer.to))
      return Promise.resolve({ verdict: 'phone', username: offer.to, workspaceId: 'w' });
    return Promise.resolve({ verdict: 'refuse', reason: 'not-found' });
  }

  accept(channel: CallChannel, offer: IncomingOffer): void {
    this.channels.push(channel);
    this.accepted(channel, offer);
  }

  phone(username: string): Promise<PhoneAccount | null> {
    return Promise.resolve(this.phones.get(username) ?? null);
  }

  trunks(): Promise<readonly TrunkAccount[]> {
    return Promise.resolve(this.trunkList);
  }

  route(request: RouteRequest): Promise<Route> {
    const other = this.routeOther(request);
    if (other) return Promise.resolve(other);
    const destination = parseDestination(request.to);
    if (!destination) throw channelError('call.bad-destination');
    switch (destination.kind) {
      case 'number':
        if (destination.number === '+900') throw channelError('outbound.not-allowed');
        if (destination.number === '+800') throw channelError('outbound.limit');
        return Promise.resolve({ kind: 'trunk', trunk: this.trunkList[0]!, number: destination.number });
      case 'trunk':
        return Promise.resolve({
          kind: 'trunk',
          trunk: this.trunkList.find(({ name }) => name === destination.trunk)!,
          number: destination.number,
        });
      default:
        return Promise.resolve(destination);
    }
  }

  registrationChanged(change: RegistrationChange): void {
    this.changes.push(change);
  }

  signalled(callId: string, messages: readonly SignallingMessage[]): void {
    this.told.set(callId, [...(this.told.get(callId) ?? []), ...messages]);
  }

  readonly prompts = {
    audio: (part: PromptPart, { callId }: { callId: string }): Promise<PromptAudio> => {
      if ('play' in part && this.#taken.has(`${callId}-${part.play}`)) return this.#recorded(`${callId}-${part.play}`);
      const key = JSON.stringify(part);
      const known = this.#audio.get(key) ?? make(part, key);
      this.#audio.set(key, known);
      return known;
    },
  };

  readonly recordings = {
    begin: ({ callId, name }: { callId: string; name: string }) => {
      const key = `${callId}-${name}`;
      if (this.#taken.has(key)) return Promise.reject(channelError('call.recording-exists', { name }));
      this.#taken.add(key);
      return Promise.resolve({ path: join(this.folder, `${key}.wav`) });
    },
    commit: ({ name, durationMs, bytes }: { name: string; durationMs: number; bytes: number }) => {
      this.committed.push({ name, durationMs, bytes });
      return Promise.resolve();
    },
  };

  readonly faxDocuments = new Map<string, { path: string; pages: number }>();
  /** How long a received document takes to be kept. */
  keepsFaxesWithinMs = 0;
  readonly faxes: TelephonyHost['faxes'] = {
    open: ({ document }) => {
      const known = this.faxDocuments.get(document);
      return known
        ? Promise.resolve(known)
        : Promise.reject(channelError('fax.document-not-found', { name: document }));
    },
    begin: ({ callId, document }) => {
      const name = `${document}-${callId}`;
      return Promise.resolve({ document: name, path: join(this.folder, `${name.replaceAll('/', '_')}.tif`) });
    },
    commit: async ({ document, pages }) => {
      if (this.keepsFaxesWithinMs > 0) await new Promise((resolve) => setTimeout(resolve, this.keepsFaxesWithinMs));
      const path = join(this.folder, `${document.replaceAll('/', '_')}.tif`);
      if (pages > 0) this.faxDocuments.set(document, { path, pages });
    },
  };

  /** A recording of the call, as it is in its file. */
  async #recorded(key: string): Promise<PromptAudio> {
    return { key, pcm: readWav(await readFile(join(this.folder, `${key}.wav`))) };
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true });
  }
}

/** `{ play: '500-800' }` is a tone of 500 Hz for 800 ms. */
function make(part: PromptPart, key: string): Promise<PromptAudio> {
  if ('silence' in part) return Promise.resolve({ key, pcm: new Int16Array(part.silence * 8) });
  if ('tone' in part && part.tone !== 'beep') return Promise.resolve({ key, ...networkTone(part.tone) });
  const match = 'play' in part ? /^([0-9]+)-([0-9]+)$/.exec(part.play) : null;
  if (!match) return Promise.reject(channelError('media.not-found', { name: 'play' in part ? part.play : key }));
  return Promise.resolve({ key, pcm: tone(Number(match[1]), Number(match[2])) });
}
