import { Injectable } from '@nestjs/common';
import { isCallwrightError } from '@callwright/kernel';
import type { Response } from 'express';
import { IsNull, Not } from 'typeorm';
import { Credentials } from '../../auth/credentials.js';
import type { Principal } from '../../auth/principal.js';
import { mayActAs, type Role } from '../../auth/roles.js';
import { scopesAllow } from '../../auth/scopes.js';
import { apiError } from '../../errors.js';
import type { Upload } from '../../media/upload.js';
import { hashOfFile } from '../../platform/crypto/hashes.js';
import { Database } from '../../platform/database/database.js';
import { asDownload } from '../../platform/http/download.js';
import { invalidBy } from '../../platform/http/validation.js';
import { FaxDocuments } from '../documents/fax-documents.js';
import { FaxPress } from '../documents/fax-press.js';
import { Fax, type FaxRowState } from '../fax.entity.js';
import { FaxesService } from '../faxes.service.js';
import { FaxOrders } from '../queue/fax-orders.js';
import { AxatelFiles } from './axatel-files.js';
import { axatelAction, type AxatelAction, type HistoryField } from './axatel.schemas.js';

const OK = { resultcode: 0, resultmsg: 'OK' } as const;
/** As many as one answer holds. */
const MOST_ROWS = 10_000;
/** What may be called: digits of a national or international number. */
const MASK = /^\+?[0-9]{3,20}$/;
const INTERNATIONAL_DIGITS = 11;

const RESULTS: Readonly<Record<FaxRowState, string>> = {
  queued: 'dialing',
  dialing: 'dialing',
  sending: 'sending',
  receiving: 'receiving',
  sent: 'success',
  received: 'success',
  failed: 'failed',
  cancelled: 'failed',
};

@Injectable()
export class AxatelService {
  constructor(
    private readonly credentials: Credentials,
    private readonly database: Database,
    private readonly files: AxatelFiles,
    private readonly documents: FaxDocuments,
    private readonly press: FaxPress,
    private readonly orders: FaxOrders,
    private readonly faxes: FaxesService,
  ) {}

  /** Whose token that is. Throws `auth.required`, `auth.forbidden`. */
  async who(token: string, role: Role): Promise<Principal> {
    const who = token.startsWith('cwt_') ? await this.credentials.principal(token) : null;
    if (!who) throw apiError('auth.required', {}, 'Unknown token');
    if (!mayActAs(who.role, role) || !scopesAllow(who.scopes, '/api/faxes', role === 'viewer'))
      throw apiError('auth.forbidden', {}, 'The token does not allow this');
    return who;
  }

  async upload({ workspaceId }: Principal, { path, fileName }: Upload) {
    await this.files.keep(workspaceId, fileName, path);
    return { ...OK, data: { upload: [{ name: fileName, res: 'ok' }] } };
  }

  async list({ workspaceId }: Principal) {
    const names = await this.files.names(workspaceId);
    return { ...OK, data: { files: names.map((name) => ({ file: { name } })) } };
  }

  /** The file comes without its name and ending, as it always has. */
  async download({ workspaceId }: Principal, name: string, response: Response) {
    const path = await this.#existing(workspaceId, name);
    asDownload(response, 'download');
    return this.files.stream(path);
  }

  async remove({ workspaceId }: Principal, name: string) {
    await this.files.remove(await this.#existing(workspaceId, name));
    return OK;
  }

  /** `origin`: `http://HOST`, for addresses of documents. */
  async act(token: string, body: unknown, origin: string) {
    const reading = axatelAction.safeParse(body);
    if (!reading.success) {
      // Who may not ask is not told what could be asked.
      await this.who(token, 'viewer');
      throw invalidBy(reading.error.issues);
    }
    const action = reading.data;
    if (action.action === 'sendfax') return this.#send(await this.who(token, 'operator'), action);
    if (action.action === 'init_fax') return this.#init(await this.who(token, 'admin'), action);
    return this.#history(await this.who(token, 'viewer'), action, origin);
  }

  async #existing(workspaceId: string, name: string): Promise<string> {
    const path = await this.files.find(workspaceId, name);
    if (path === null) throw apiError('input.not-found', {}, 'файл не найден');
    return path;
  }

  /** `sent`: the queue has it, and calls until it is through or given up; `history` says which. */
  async #send(who: Principal, { recipient, terminalId, attachment }: Extract<AxatelAction, { action: 'sendfax' }>) {
    const refused = (code: string, error: string) => ({ sip_code: code, success: 'false', error, status: 'failed' });
    const number = recipient.replace(/[ ().-]/g, '');
    if (!MASK.test(number)) return refused('484', 'номер не соответствует маске');
    const file = await this.files.find(who.workspaceId, attachment);
    if (file === null) return refused('404', 'файл не найден');
    try {
      this.faxes.requireFax();
      const document = await this.#documentOf(who.workspaceId, attachment, file);
      const to = number.startsWith('+') || number.length < INTERNATIONAL_DIGITS ? number : `+${number}`;
      const order = { to, media: document, options: {}, priority: 5 };
      await this.orders.submit(who, { ...order, ...(terminalId === undefined ? {} : { from: terminalId }) }, null);
    } catch (error) {
      if (isCallwrightError(error) && error.kind !== 'bug') return refused('488', error.message);
      throw error;
    }
    return { sip_code: '200', success: 'true', error: 'null', status: 'sent' };
  }

  /** A file is made ready once, however often it is sent. */
  async #documentOf(workspaceId: string, name: string, file: string): Promise<string> {
    const document = `${name} ${(await hashOfFile(file)).slice(0, 12)}`;
    const known = await this.documents.named(workspaceId, document);
    return known?.name ?? (await this.press.take(workspaceId, file, document)).name;
  }

  /** Everything is prepared already; `drop` removes what is over. */
  async #init({ workspaceId }: Principal, { drop }: Extract<AxatelAction, { action: 'init_fax' }>) {
    if (drop) await this.database.change((manager) => manager.delete(Fax, { workspaceId, endedAt: Not(IsNull()) }));
    return { received: true };
  }

  async #history(
    { workspaceId }: Principal,
    { type, from_dt, till_dt, fields }: Extract<AxatelAction, { action: 'history' | 'fax_history' }>,
    origin: string,
  ) {
    const rows = this.database
      .rows(Fax)
      .createQueryBuilder('row')
      .where('row.workspaceId = :workspaceId AND row.direction = :direction', {
        workspaceId,
        direction: type === 'incoming' ? 'inbound' : 'outbound',
      })
      .orderBy('row.createdAt', 'ASC')
      .take(MOST_ROWS);
    if (from_dt) rows.andWhere('row.createdAt >= :from', { from: from_dt.toISOString() });
    if (till_dt) rows.andWhere('row.createdAt <= :till', { till: till_dt.toISOString() });
    return { data: (await rows.getMany()).map((fax) => entryOf(fax, fields, origin)) };
  }
}

/** `2020-12-20T20:28:13.84`: hundredths of a second, UTC without saying so. */
const stamp = (iso: string): string => iso.replace(/(\.\d\d)\d*Z$/, '$1').replace(/Z$/, '');

function entryOf(fax: Fax, fields: readonly HistoryField[], origin: string): Record<string, string | null> {
  const all: Record<HistoryField, string | null> = {
    id: fax.id,
    type: fax.direction === 'inbound' ? 'incoming' : 'outgoing',
    remotenum: (fax.direction === 'inbound' ? (fax.from ?? '') : fax.to).replace(/^\+/, ''),
    start_dt: stamp(fax.createdAt),
    stop_dt: fax.endedAt === null ? null : stamp(fax.endedAt),
    result: RESULTS[fax.state],
    // The address asks for a session or a bearer token: the one in the path of a request has no business in a reply.
    url: `${origin}/api/faxes/${fax.id}/document?format=tiff`,
  };
  return Object.fromEntries(fields.map((name) => [name, all[name]]));
}
