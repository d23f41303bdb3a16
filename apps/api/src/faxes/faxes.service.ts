import { Inject, Injectable } from '@nestjs/common';
import { faxUnavailable, type Telephony } from '@callwright/channel-contract';
import type { z } from 'zod';
import { Audit } from '../audit/audit.js';
import type { Principal } from '../auth/principal.js';
import { apiError } from '../errors.js';
import { containing } from '../platform/database/columns.js';
import { Database } from '../platform/database/database.js';
import { page, type Page } from '../platform/database/paging.js';
import { TELEPHONY } from '../platform/tokens.js';
import type { FaxDocument } from './documents/fax-document.entity.js';
import { FaxDocuments } from './documents/fax-documents.js';
import { Fax } from './fax.entity.js';
import type { faxQuery } from './faxes.schemas.js';
import { FaxLine, firstPageOf } from './queue/fax-line.js';
import { FaxOrders } from './queue/fax-orders.js';

@Injectable()
export class FaxesService {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly documents: FaxDocuments,
    private readonly orders: FaxOrders,
    private readonly line: FaxLine,
    @Inject(TELEPHONY) private readonly telephony: Telephony,
  ) {}

  list(who: Pick<Principal, 'workspaceId'>, query: z.output<typeof faxQuery>): Promise<Page<Fax>> {
    const rows = this.database.rows(Fax).createQueryBuilder('row');
    rows.where('row.workspaceId = :workspaceId', { workspaceId: who.workspaceId });
    if (query.direction) rows.andWhere('row.direction = :direction', { direction: query.direction });
    if (query.state) rows.andWhere('row.state = :state', { state: query.state });
    if (query.search) {
      rows.andWhere(
        `(LOWER(row.to) LIKE :like ESCAPE '\\' OR LOWER(COALESCE(row.from, '')) LIKE :like ESCAPE '\\' OR LOWER(row.document) LIKE :like ESCAPE '\\')`,
        { like: containing(query.search) },
      );
    }
    return page(rows, query);
  }

  get(who: Pick<Principal, 'workspaceId'>, id: string): Promise<Fax> {
    return this.database.owned(Fax, who.workspaceId, id);
  }

  async document(who: Pick<Principal, 'workspaceId'>, id: string): Promise<FaxDocument> {
    const { document } = await this.get(who, id);
    const row = await this.documents.named(who.workspaceId, document);
    if (!row) throw apiError('input.not-found', {}, 'The document is not there any more.');
    return row;
  }

  /** Throws `fax.unavailable`, in one sentence that says what to install. */
  requireFax(): void {
    const { available, reason } = this.telephony.fax;
    if (!available) throw faxUnavailable(reason ?? 'Fax is off here.');
  }

  /** A fax that is over stays as it is. */
  async cancel(who: Pick<Principal, 'workspaceId' | 'label'>, id: string): Promise<void> {
    const fax = await this.get(who, id);
    if (fax.endedAt !== null) throw apiError('fax.over');
    if (fax.direction === 'inbound')
      throw apiError('fax.over', {}, 'A fax that comes in cannot be cancelled: hang up its call.');
    const now = this.database.now();
    await this.database.change(async (manager) => {
      await manager.update(
        Fax,
        { id },
        { state: 'cancelled', outcome: 'aborted', cause: 'ABORTED', nextAttemptAt: null, endedAt: now, updatedAt: now },
      );
      await this.audit.note(manager, who, { action: 'fax.cancelled', target: id });
    });
    await this.line.stop(id);
  }

  /** The same again, from the first page that was not confirmed. */
  async resend(who: Pick<Principal, 'workspaceId' | 'label'>, id: string): Promise<Fax> {
    const { to, from, document, options, priority, pages, outcome, schedule } = await this.get(who, id);
    const first = firstPageOf({ options });
    const rest = outcome !== 'sent' && pages > 0 ? { FirstPage: first + pages } : {};
    this.requireFax();
    return this.orders.submit(
      who,
      {
        to,
        ...(from === null ? {} : { from }),
        ...(schedule === null ? {} : { schedule }),
        media: document,
        options: { ...options, ...rest },
        priority,
      },
      null,
    );
  }
}
