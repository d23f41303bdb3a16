import { Inject, Injectable } from '@nestjs/common';
import type { CallChannel, Telephony } from '@callwright/channel-contract';
import {
  completionOf,
  FAX_PROFILES,
  type FaxOptionsGiven,
  type FaxOutcome,
  profileAfter,
  readFaxOptions,
  retryAfterMs,
} from '@callwright/fax';
import { isCallwrightError, type Clock, type JsonObject } from '@callwright/kernel';
import { Not } from 'typeorm';
import { UNTOUCHED } from '../../environments/environments.service.js';
import { Admission } from '../../calls/admission.js';
import type { CallHappening } from '../../calls/call-registry.js';
import { CallRegistry } from '../../calls/call-registry.js';
import { OutboundPolicy } from '../../limits/outbound-policy.js';
import { Database } from '../../platform/database/database.js';
import { newId } from '../../platform/ids.js';
import { InstanceId } from '../../platform/instance-id.js';
import { iso } from '../../platform/time/system-clock.js';
import { CLOCK, TELEPHONY } from '../../platform/tokens.js';
import { compile, documentOf } from '../../scenarios/documents.js';
import { Fax, FaxProfile, type FaxAttempt } from '../fax.entity.js';

const RING_MS = 60_000;
/** Under which calls of the queue are counted and shown. */
export const QUEUE_SCENARIO = 'fax-queue';
const LIMIT_RETRY_MS = 60_000;

/** How one try ended. */
interface Ending {
  readonly outcome: FaxOutcome;
  readonly cause: string;
  readonly explanation: string;
  readonly advice: string;
  readonly standard: string | null;
  readonly totalPages: number | null;
  /** Set when it was no try at all: it comes again after so long. */
  readonly againMs?: number;
}

/** Puts faxes of the queue on the line, one call each, and writes down what becomes of them. */
@Injectable()
export class FaxLine {
  readonly #calls = new Map<string, Fax>();
  /** Writes to a fax, one after the other: a page that was confirmed is stored before anything that follows it. */
  #writing: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly registry: CallRegistry,
    private readonly policy: OutboundPolicy,
    private readonly admission: Admission,
    private readonly instance: InstanceId,
    @Inject(TELEPHONY) private readonly telephony: Telephony,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    registry.happened.subscribe((happening) => this.#hear(happening));
  }

  /** Whether a call is one of the queue's. */
  has(callId: string): boolean {
    return this.#calls.has(callId);
  }

  /** Stops a fax that is on the line here. */
  async stop(id: string): Promise<void> {
    for (const [callId, fax] of this.#calls)
      if (fax.id === id) await this.registry.get(fax.workspaceId, callId)?.channel.hangUp('normal');
  }

  /** One try; resolves when it is over and written down. Never rejects for what the far end does. */
  async send(fax: Fax): Promise<void> {
    // A crash came between the last confirmation and the goodbye.
    if (isThrough(fax)) return this.#write(fax, { ...THROUGH, endedAt: this.database.now() });
    const callId = newId();
    const step = await this.#stepOf(fax);
    const options = {
      ...optionsAt(step, fax.options),
      ...(fax.pages > 0 ? { FirstPage: firstPageOf(fax) + fax.pages } : {}),
    };
    await this.#write(fax, { callId });
    this.#calls.set(callId, fax);
    try {
      const ending = await this.#call(fax, callId, options);
      await this.#settle(fax, { callId, options, step }, ending);
    } finally {
      this.#calls.delete(callId);
      this.policy.counters.callEnded(callId);
    }
  }

  async #call(fax: Fax, callId: string, options: FaxOptionsGiven): Promise<Ending> {
    let channel: CallChannel;
    this.policy.counters.runs(callId, QUEUE_SCENARIO);
    try {
      const { workspaceId, to, from } = fax;
      channel = await this.telephony.originate({
        callId,
        workspaceId,
        to,
        ...(from === null ? {} : { from }),
        timeoutMs: RING_MS,
        headers: {},
      });
    } catch (error) {
      if (!isCallwrightError(error)) throw error;
      const again = error.code === 'outbound.limit' ? { againMs: LIMIT_RETRY_MS } : {};
      return { ...nothing, outcome: 'failed', cause: 'ERROR', explanation: error.message, ...again };
    }
    const scenario = {
      scenarioId: QUEUE_SCENARIO,
      version: 0,
      compiled: compile(documentOf(queueDocument(fax.document, options))),
    };
    const live = this.registry.start({
      channel,
      workspaceId: fax.workspaceId,
      scenario,
      environment: UNTOUCHED,
      number: null,
      parameters: {},
    });
    const result = await live.run?.ended;
    const sent = result?.steps['fax'];
    if (sent !== undefined && isFaxOutput(sent)) return sent;
    if (isFault(sent)) return { ...nothing, outcome: 'failed', cause: 'ERROR', explanation: sent.error.message };
    return notAnswered(live.record.cause);
  }

  async #settle(
    fax: Fax,
    { callId, options, step }: { callId: string; options: FaxOptionsGiven; step: number },
    ending: Ending,
  ): Promise<void> {
    const { outcome, cause, explanation, advice, standard } = ending;
    const now = this.clock.now();
    const attempt: FaxAttempt = {
      at: iso(now),
      callId,
      outcome,
      cause,
      explanation,
      advice,
      pages: fax.pages,
      standard,
      options,
    };
    const earlier = fax.attempts.map((one) => one.outcome);
    // What we cut off ourselves, because this process ends, is taken up again at once.
    const cutOff = this.admission.isDraining && outcome !== 'sent';
    const wait = ending.againMs ?? (cutOff ? 0 : retryAfterMs(outcome, earlier));
    const cancelled = (await this.database.rows(Fax).findOneBy({ id: fax.id }))?.state === 'cancelled';
    const over = wait === null || cancelled;
    await this.#write(fax, {
      state: cancelled ? 'cancelled' : outcome === 'sent' ? 'sent' : over ? 'failed' : 'queued',
      attempts: [...fax.attempts, attempt],
      nextAttemptAt: over ? null : iso(now + wait),
      claimedBy: null,
      claimedUntil: null,
      outcome,
      cause,
      explanation,
      advice,
      totalPages: fax.totalPages ?? ending.totalPages,
      endedAt: over ? iso(now) : null,
      ...(outcome === 'sent' ? { inDoubtPage: null } : {}),
    });
    const next = profileAfter(step, outcome);
    if (outcome === 'sent' || next !== step)
      await this.database.change((manager) =>
        manager.upsert(FaxProfile, { workspaceId: fax.workspaceId, to: fax.to, step: next }, ['workspaceId', 'to']),
      );
  }

  #hear({ event }: CallHappening): void {
    const fax = this.#calls.get(event.callId);
    if (!fax) return;
    if (event.name === 'fax.started') void this.#write(fax, { state: 'sending' });
    else if (event.name === 'fax.page-sent') void this.#write(fax, { pages: fax.pages + 1, inDoubtPage: null });
  }

  async #stepOf({ workspaceId, to }: Fax): Promise<number> {
    return (await this.database.rows(FaxProfile).findOneBy({ workspaceId, to }))?.step ?? 0;
  }

  /** The fax in memory changes at once; a cancelled one stays so, and one that another instance has taken up meanwhile is left to it. */
  #write(fax: Fax, change: Partial<Fax>): Promise<void> {
    Object.assign(fax, change);
    const update = { ...change, updatedAt: this.database.now() };
    const done = this.#writing.then(async () => {
      await this.database.change((manager) =>
        manager.update(
          Fax,
          { id: fax.id, claimedBy: this.instance.id, ...keepsCancelled(change) },
          update as Parameters<typeof manager.update<Fax>>[2],
        ),
      );
    });
    this.#writing = done.catch(() => undefined);
    return done;
  }
}

/** A fax that was cancelled stays so, whatever its call still tells. */
const keepsCancelled = ({ state }: Partial<Fax>) =>
  state === 'dialing' || state === 'sending' ? { state: Not('cancelled' as const) } : {};

const nothing = { advice: '', standard: null, totalPages: null } as const;

/** What is written down of a fax of which nothing is left to send. */
const THROUGH = {
  state: 'sent',
  outcome: 'sent',
  cause: 'NORMAL',
  explanation: completionOf(0).explanation,
  advice: '',
  inDoubtPage: null,
  nextAttemptAt: null,
  claimedBy: null,
  claimedUntil: null,
} as const;

const isThrough = (fax: Fax): boolean => {
  const last = fax.options['LastPage'] ?? fax.totalPages;
  return fax.pages > 0 && last !== null && firstPageOf(fax) + fax.pages > Number(last);
};

/** What was learned of a number gives way where it contradicts what was asked for: MMR needs ECM, a lowest rate is kept. */
const optionsAt = (step: number, asked: FaxOptionsGiven): FaxOptionsGiven => {
  const both = { ...FAX_PROFILES[step], ...asked };
  return readFaxOptions(both).ok ? both : asked;
};

export const firstPageOf = ({ options }: Pick<Fax, 'options'>): number => Number(options['FirstPage'] ?? 1);

/** What a call of the queue does. Nothing in it is an expression: the queue takes no `{{`. */
const queueDocument = (document: string, options: FaxOptionsGiven): JsonObject => ({
  id: QUEUE_SCENARIO,
  meta: { format: 1, name: 'Fax queue' },
  initial: 'fax',
  states: { fax: { invoke: { src: 'send-fax', input: { document, options: { ...options } }, onDone: [] } } },
});

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isFaxOutput = (value: unknown): value is Ending =>
  isRecord(value) && typeof value['outcome'] === 'string' && typeof value['cause'] === 'string';
const isFault = (value: unknown): value is { error: { message: string } } =>
  isRecord(value) && isRecord(value['error']) && typeof value['error']['message'] === 'string';

/** The call never came to a fax. */
function notAnswered(cause: string | null): Ending {
  if (cause === 'busy') return { ...nothing, outcome: 'busy', cause: 'ERROR', explanation: 'The number was busy.' };
  if (cause === 'no-answer')
    return { ...nothing, outcome: 'no-answer', cause: 'ERROR', explanation: 'Nobody answered.' };
  if (cause === 'unreachable')
    return { ...nothing, outcome: 'no-answer', cause: 'ERROR', explanation: 'The number could not be reached.' };
  return {
    ...nothing,
    outcome: 'failed',
    cause: 'ERROR',
    explanation: `The call did not come about: ${cause ?? 'it ended'}.`,
  };
}
