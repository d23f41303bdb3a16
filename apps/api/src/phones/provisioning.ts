import { Inject, Injectable } from '@nestjs/common';
import type { PhoneAccount } from '@callwright/channel-contract';
import type { Clock } from '@callwright/kernel';
import { Audit } from '../audit/audit.js';
import type { Principal } from '../auth/principal.js';
import { apiError } from '../errors.js';
import { SecretBox } from '../platform/crypto/secret-box.js';
import { Database } from '../platform/database/database.js';
import { iso } from '../platform/time/system-clock.js';
import { CLOCK } from '../platform/tokens.js';
import { Phone } from './phone.entity.js';
import { PhonesService, REALM } from './phones.service.js';

const LASTS_MS = 10 * 60_000;
const ABOUT = 'provisioning link';

interface Link {
  readonly phone: string;
  /** `HOST` or `HOST:PORT`, as the phone reaches us. */
  readonly server: string;
  /** Unix ms. */
  readonly until: number;
}

/**
 * Links from which a phone sets itself up, made to be shown as a QR code. A link says by itself what it is for and how long it holds,
 * sealed, so that every instance knows it and nothing is stored. Who has one may register as the phone: it is short-lived and audited.
 */
@Injectable()
export class Provisioning {
  constructor(
    private readonly phones: PhonesService,
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly box: SecretBox,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async link(who: Principal, id: string, server: string) {
    const phone = await this.phones.get(who, id);
    const until = this.clock.now() + LASTS_MS;
    await this.database.change((manager) =>
      this.audit.note(manager, who, { action: 'phone.link-made', target: id, after: { username: phone.username } }),
    );
    const link: Link = { phone: id, server, until };
    const token = Buffer.from(this.box.seal(JSON.stringify(link), ABOUT), 'base64').toString('base64url');
    return { path: `/api/provisioning/${token}`, expiresAt: iso(until) };
  }

  /** The settings behind a link. Throws `phone.link-over`, also for what is no link of ours. */
  async settings(token: string): Promise<string> {
    const { phone: id, server, until } = this.#opened(token);
    const phone = await this.database.rows(Phone).findOneBy({ id });
    const account = phone && this.phones.account(phone.username);
    if (!account || until < this.clock.now()) throw apiError('phone.link-over');
    return linphoneSettings(account, phone.displayName, server);
  }

  #opened(token: string): Link {
    try {
      return JSON.parse(this.box.open(Buffer.from(token, 'base64url').toString('base64'), ABOUT)) as Link;
    } catch (error) {
      throw apiError('phone.link-over', {}, undefined, error);
    }
  }
}

/**
 * Remote provisioning of Linphone and what is built on it: a file in its configuration's own words. It takes the digest secret in
 * place of the password, which we do not have.
 */
export function linphoneSettings({ username, ha1 }: PhoneAccount, displayName: string, server: string): string {
  const host = server.replace(/:\d+$/, '');
  const name = displayName === '' ? '' : `"${displayName.replaceAll(/["\\]/g, '')}" `;
  const sections = {
    sip: { default_proxy: '0' },
    proxy_0: {
      reg_identity: `${name}<sip:${username}@${host}>`,
      reg_proxy: `<sip:${server};transport=udp>`,
      reg_sendregister: '1',
      reg_expires: '300',
    },
    auth_info_0: { username, ha1: ha1.md5, realm: REALM, domain: host, algorithm: 'MD5' },
  };
  const body = Object.entries(sections).map(
    ([section, entries]) =>
      `  <section name="${section}">\n${Object.entries(entries)
        .map(([entry, value]) => `    <entry name="${entry}" overwrite="true">${escaped(value)}</entry>\n`)
        .join('')}  </section>\n`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<config xmlns="http://www.linphone.org/xsds/lpconfig.xsd">\n${body.join('')}</config>\n`;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
