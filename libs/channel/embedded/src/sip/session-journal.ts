import { mkdir, open, readFile, rename, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Dialog, formatNameAddr, readNameAddr, type DialogParts } from '@callwright/sip';
import { messageOf } from '@callwright/kernel';
import type { Logger } from '../logger.js';
import type { TransportName } from './transport/flow.js';

/** What is needed to say goodbye in a session that we remember nothing else of. */
export interface JournalledSession {
  readonly dialog: Dialog;
  readonly transport: TransportName;
  readonly address: string;
  readonly port: number;
}

interface BeganLine extends Omit<DialogParts, 'routeSet'> {
  readonly id: string;
  readonly at: number;
  readonly routes: readonly string[];
  readonly transport: TransportName;
  readonly address: string;
  readonly port: number;
}
type Line = BeganLine | { readonly id: string };

/** A session that is older has certainly been missed by its far end. */
const FORGET_AFTER_MS = 12 * 3_600_000;
/** Requests that were sent since the session began have used numbers; ours must be higher (RFC 3261 section 12.2.1.1). */
const CSEQ_GAP = 1000;
const COMPACT_AFTER_LINES = 20_000;

/**
 * A file of the sessions that are open, so that after a crash every far end gets its BYE (reliability G1). Lines are only ever appended:
 * one when a session begins, one when it ends.
 */
export class SessionJournal {
  readonly #path: string;
  readonly #logger: Logger;
  readonly #open = new Map<string, string>();
  #file: FileHandle;
  #pending: string[] = [];
  #writing: Promise<void> | null = null;
  #lines = 0;

  private constructor(path: string, file: FileHandle, logger: Logger) {
    this.#path = path;
    this.#file = file;
    this.#logger = logger;
  }

  /** Opens the file and gives what the process before left open in it. */
  static async open(
    path: string,
    now: number,
    logger: Logger,
  ): Promise<{ journal: SessionJournal; left: readonly JournalledSession[] }> {
    await mkdir(dirname(path), { recursive: true });
    const left = await readLeft(path, now);
    return { journal: new SessionJournal(path, await open(path, 'w', 0o600), logger), left };
  }

  began({ dialog, transport, address, port }: JournalledSession, now: number): void {
    const { routeSet, ...parts } = dialog.parts;
    const routes = routeSet.map((route) => formatNameAddr(route));
    const line = JSON.stringify({
      id: dialog.id,
      at: now,
      ...parts,
      routes,
      transport,
      address,
      port,
    } satisfies BeganLine);
    this.#open.set(dialog.id, line);
    this.#append(line);
  }

  ended(id: string): void {
    if (this.#open.delete(id)) this.#append(JSON.stringify({ id }));
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#file.close();
  }

  #append(line: string): void {
    this.#pending.push(line);
    this.#writing ??= this.#write();
  }

  async #write(): Promise<void> {
    try {
      while (this.#pending.length > 0) {
        const lines = this.#pending.splice(0);
        this.#lines += lines.length;
        await this.#file.appendFile(`${lines.join('\n')}\n`);
        if (this.#lines > COMPACT_AFTER_LINES && this.#lines > 4 * this.#open.size) await this.#compact();
      }
    } catch (error) {
      // A full disk costs a goodbye after a crash, never a call.
      this.#pending = [];
      this.#logger.warn('The journal of sessions could not be written.', { error: messageOf(error) });
    } finally {
      this.#writing = null;
    }
  }

  async #compact(): Promise<void> {
    const fresh = await open(`${this.#path}.new`, 'w', 0o600);
    await fresh.appendFile([...this.#open.values(), ''].join('\n'));
    await rename(`${this.#path}.new`, this.#path);
    await this.#file.close();
    this.#file = fresh;
    this.#lines = this.#open.size;
  }
}

async function readLeft(path: string, now: number): Promise<readonly JournalledSession[]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const open = new Map<string, BeganLine>();
  for (const row of text.split('\n')) {
    const line = readLine(row);
    if (!line) continue;
    if ('callId' in line) open.set(line.id, line);
    else open.delete(line.id);
  }
  return [...open.values()].filter(({ at }) => now - at < FORGET_AFTER_MS).map(sessionOf);
}

/** The last line may be torn. */
function readLine(row: string): Line | null {
  try {
    const line = JSON.parse(row) as Line | null;
    return line && typeof line.id === 'string' ? line : null;
  } catch {
    return null;
  }
}

function sessionOf(line: BeganLine): JournalledSession {
  const routeSet = line.routes.map((route) => readNameAddr(route)).filter((route) => route !== null);
  return {
    dialog: new Dialog({ ...line, localCSeq: line.localCSeq + CSEQ_GAP, routeSet }),
    transport: line.transport,
    address: line.address,
    port: line.port,
  };
}
