import { copyFile, link, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { channelError } from '@callwright/channel-contract';
import type { FaxBuild } from '@callwright/fax';
import { apiError } from '../../errors.js';
import type { Config } from '../../platform/config/config.js';
import { Gate } from '../../platform/gate.js';
import { CONFIG } from '../../platform/tokens.js';
import { build } from '../press/build.js';
import { PAPER } from '../press/limits.js';
import { pagesOf, press, type Pressed } from '../press/press.js';
import type { Run } from '../press/programs.js';
import { asPdf, asPng } from '../press/views.js';
import type { FaxDocument } from './fax-document.entity.js';
import { FaxDocuments } from './fax-documents.js';

const RESULT = 'result.tif';
const SOURCE = 'source';

/** Makes documents: of uploads, of other documents, and what a person looks at. Programs do it, two at a time: the machine has calls to carry. */
@Injectable()
export class FaxPress {
  readonly #folder: string;
  readonly #places = new Gate(2);

  constructor(
    private readonly documents: FaxDocuments,
    @Inject(CONFIG) config: Pick<Config, 'DATA_DIR'>,
  ) {
    this.#folder = join(config.DATA_DIR, 'fax-press');
  }

  /** Keeps an upload as a document that can be faxed. The upload stays where it is. */
  take(workspaceId: string, file: string, name: string): Promise<FaxDocument> {
    return this.#within(async (run) => {
      await copyFile(file, join(run.folder, SOURCE));
      return this.#keep(run, await press(SOURCE, RESULT, run), { workspaceId, name, origin: 'uploaded', callId: null });
    });
  }

  /** Makes a document of others. Throws `fax.document-not-found`, `fax.bad-document`. */
  build(workspaceId: string, request: FaxBuild, callId: string | null, signal: AbortSignal): Promise<FaxDocument> {
    return this.#within(async (run) => {
      const files = new Map<string, Pressed>();
      for (const name of [...request.documents, ...request.inserts.map(({ document }) => document)]) {
        if (files.has(name)) continue;
        const row = await this.documents.named(workspaceId, name);
        if (!row) throw channelError('fax.document-not-found', { name });
        const file = `document-${files.size}.tif`;
        await link(this.documents.pathOf(row.id), join(run.folder, file));
        files.set(name, { file, pages: row.pages });
      }
      const built = await build(request, files, RESULT, run);
      return this.#keep(run, built, { workspaceId, name: request.name, origin: 'built', callId });
    }, signal);
  }

  pdf({ id }: FaxDocument): Promise<Buffer> {
    return this.#view(id, 'pdf', (file, run) => asPdf(file, 'view.pdf', run));
  }

  /** A page as a picture. */
  png({ id }: FaxDocument, page: number, width: number): Promise<Buffer> {
    return this.#view(id, 'png', async (file, run) => {
      const facts = (await pagesOf(join(run.folder, file)))[page - 1];
      if (!facts) throw apiError('input.not-found', {}, `The document has no page ${page}.`);
      const { xDpi, yDpi } = facts;
      await asPng(file, page, { width, xDpi: xDpi ?? PAPER.xDpi, yDpi: yDpi ?? PAPER.yDpi }, 'view.png', run);
    });
  }

  #view(id: string, extension: string, draw: (file: string, run: Run) => Promise<void>): Promise<Buffer> {
    return this.#within(async (run) => {
      await link(this.documents.pathOf(id), join(run.folder, RESULT));
      await draw(RESULT, run);
      return readFile(join(run.folder, `view.${extension}`));
    });
  }

  #keep(
    { folder }: Run,
    { file, pages }: Pressed,
    facts: Pick<FaxDocument, 'workspaceId' | 'name' | 'origin' | 'callId'>,
  ): Promise<FaxDocument> {
    return this.documents.keep({ ...facts, pages, path: join(folder, file) });
  }

  #within<T>(work: (run: Run) => Promise<T>, signal?: AbortSignal): Promise<T> {
    return this.#places.run(async () => {
      await mkdir(this.#folder, { recursive: true });
      const folder = await mkdtemp(join(this.#folder, 'job-'));
      try {
        return await work({ folder, ...(signal && { signal }) });
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    });
  }
}
