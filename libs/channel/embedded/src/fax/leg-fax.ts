import {
  channelError,
  faxUnavailable,
  FaxRecord,
  optionFault,
  type FaxEnd,
  type FaxJob,
  type FaxRequest,
  type FaxStore,
  type FaxTone,
} from '@callwright/channel-contract';
import type { FaxDirection, FaxSetup } from '@callwright/fax';
import { messageOf } from '@callwright/kernel';
import type { LegCore } from '../leg-operations.js';
import type { Line } from '../line.js';
import type { MediaEvent, T38Transport } from '../media/port.js';
import { STOP_PATIENCE_MS } from '../task.js';

/** What a leg's faxes need beyond what every operation does. */
export interface LegFaxHost {
  readonly store: FaxStore;
  /** Whether faxes can be had at all. */
  readonly available: { readonly available: boolean; readonly reason?: string };
  line(): Line | null;
}

/** Who receives asks for T.38 as soon as our own 200 may be acknowledged; who sends leaves it to the other side for a while (T.38 annex D.2.2.4). */
const OFFER_T38_AFTER_MS: Readonly<Record<FaxDirection, number>> = { receive: 300, send: 3000 };
/** After a fax the far end mostly hangs up; only when it does not, the audio is asked for again. */
const AUDIO_BACK_AFTER_MS = 2000;
/** How long the way back to audio may take before who needs it goes on without. */
const AUDIO_BACK_MS = 2000;
/** A received document may take so long to be kept; the end of the leg waits for it, so that its fax is told to be over before. */
const KEPT_WITHIN_MS = 800;
const CALL_DROPPED = [49, 'The call dropped prematurely'] as const;

const STOPPED: FaxEnd = { cause: 'ABORTED', explanation: 'The fax was stopped.', advice: '' };
const TOO_LONG: FaxEnd = {
  cause: 'TIMEOUT',
  explanation: 'The fax took longer than it may.',
  advice: 'Raise Timeout, or send fewer pages at a time.',
};
const NO_T38: FaxEnd = {
  cause: 'STANDARDMISMATCH',
  explanation: 'The far end does not have T.38, and audio was not allowed.',
  advice: 'Set T38 to YES, so that audio is used instead.',
};
const NOT_FAXABLE: FaxEnd = {
  cause: 'ERROR',
  explanation: 'The fax failed on our side.',
  advice: 'Look into the log of the server.',
};

/** The faxes of one leg: one at a time, and the ear for fax machines. */
export class LegFax {
  readonly #leg: LegCore;
  readonly #host: LegFaxHost;
  #record: FaxRecord | null = null;
  #starting = false;
  #listening: ((tone: FaxTone) => void) | null = null;
  #audioBack: Promise<void> | null = null;

  constructor(leg: LegCore, host: LegFaxHost) {
    this.#leg = leg;
    this.#host = host;
  }

  get job(): FaxJob | null {
    return this.#record;
  }

  get running(): boolean {
    return this.#starting || this.#record?.running === true;
  }

  /** Resolves when it has begun; `release` is called when it is over. */
  async start(direction: FaxDirection, request: FaxRequest, release: () => void): Promise<FaxJob> {
    this.#starting = true;
    try {
      const { available, reason } = this.#host.available;
      if (!available) throw faxUnavailable(reason ?? 'Fax is off here.');
      const { file, document, pages } = await this.#place(direction, request);
      if (this.#leg.ended) throw channelError('call.gone', { leg: this.#leg.name });
      const record = new FaxRecord({
        clock: this.#leg.clock,
        leg: this.#leg.name,
        direction,
        request,
        pagesInDocument: pages,
        tell: (event) => this.#leg.tell(event),
      });
      this.#record = record;
      void record.result.then(release);
      record.started(document);
      if (record.reading.ok) this.#run(record, record.reading.setup, file, document);
      else record.finish(optionFault(record.reading) ?? NOT_FAXABLE);
      return record;
    } catch (error) {
      release();
      throw error;
    } finally {
      this.#starting = false;
    }
  }

  async detect(tones: readonly FaxTone[], signal: AbortSignal): Promise<FaxTone | null> {
    const { media } = this.#leg;
    if (this.#listening) throw channelError('call.wrong-state', { leg: this.#leg.name });
    if (tones.includes('t38') && media.t38) return 't38';
    let stop = () => undefined as void;
    const result = new Promise<FaxTone | null>((resolve) => {
      stop = () => resolve(null);
      this.#listening = (tone) => {
        if (!tones.includes(tone)) return;
        this.#leg.tell({ name: 'fax.detected', leg: this.#leg.name, tone });
        resolve(tone);
      };
    });
    this.#leg.watch({ result, expectEnd: stop });
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    media.session.listenForFax(tones.some((tone) => tone !== 't38'));
    media.t38Welcome ||= tones.includes('t38');
    const tone = await result;
    signal.removeEventListener('abort', stop);
    this.#listening = null;
    media.session.listenForFax(false);
    if (!this.running && tone !== 't38') media.t38Welcome = false;
    if (this.#leg.ended) throw channelError('call.gone', { leg: this.#leg.name });
    return tone;
  }

  /** A fax machine was heard, or the far end went over to T.38. */
  heard(tone: FaxTone): void {
    this.#listening?.(tone);
  }

  /** After a fax over T.38 there is no audio until both sides have agreed on it again. */
  async audioBack(): Promise<void> {
    if (this.running) return;
    this.#goBack();
    await this.#audioBack;
  }

  async #place(direction: FaxDirection, { document }: FaxRequest) {
    const { callId, workspaceId } = this.#leg;
    const request = { callId, workspaceId, document };
    if (direction === 'send') {
      const { path, pages } = await this.#host.store.open(request);
      return { file: path, document, pages };
    }
    const { path, document: name } = await this.#host.store.begin(request);
    return { file: path, document: name, pages: null };
  }

  #run(record: FaxRecord, setup: FaxSetup, file: string, document: string): void {
    const { media, clock } = this.#leg;
    const { session } = media;
    /** Why we end it, when it is not the procedure that ends. */
    let ours: FaxEnd | null = null;
    let over = false;
    let stopPatience = () => undefined as void;
    const end = (why: FaxEnd | null, how: 'stopped' | 'hung-up') => {
      if (over) return;
      ours ??= why;
      session.stopFax(id, how);
      stopPatience();
      stopPatience = clock.at(clock.now() + STOP_PATIENCE_MS, () => void finish(null));
    };
    const finish = async (told: Extract<MediaEvent, { type: 'fax-ended' }> | null) => {
      // A stop and a hang-up may both end it; what follows may be another fax's by then.
      if (over) return;
      over = true;
      cancelOffer();
      stopPatience();
      media.forget(id);
      media.onCarrier = this.#carrierWithoutFax;
      media.t38Welcome = false;
      if (record.direction === 'receive') await this.#keep(record, document);
      if (told?.end && !ours) record.complete(told.end.code, told.end.text);
      else record.finish(ours ?? this.#faultOf(told));
      if (!this.#leg.ended && media.t38) clock.at(clock.now() + AUDIO_BACK_AFTER_MS, () => this.#goBack());
    };
    const id = media.listen((event) => {
      if (event.type === 'fax-signal') record.signal(event.signal);
      else if (event.type === 'fax-page') record.page(event.page);
      else if (event.type === 'fax-ended') void finish(event);
      else if (event.type === 'fax-settled') {
        record.settled(event.settings);
        if (event.settings.bitRate < setup.minDataRate) end(tooSlow(event.settings.bitRate, setup), 'stopped');
      }
    });
    record.onStop = () => end(STOPPED, 'stopped');
    this.#leg.watch({ result: record.result, expectEnd: () => end(null, 'hung-up'), settleMs: KEPT_WITHIN_MS });
    media.t38Welcome = setup.t38 !== 'NO';
    media.onCarrier = () => session.carryFax(id, this.#transport(setup));
    session.startFax({ id, direction: record.direction, file, setup, t38: this.#transport(setup) });
    const cancelOffer =
      setup.t38 === 'NO' || media.t38
        ? () => undefined
        : clock.at(clock.now() + OFFER_T38_AFTER_MS[record.direction], () => {
            void this.#offerT38(record).then((agreed) => {
              if (!agreed && setup.t38 === 'ONLY' && record.running) end(NO_T38, 'stopped');
            });
          });
  }

  /** Meanwhile the fax goes on in the audio, so a refusal costs nothing. */
  async #offerT38(record: FaxRecord): Promise<boolean> {
    const { media, logger, callId, name } = this.#leg;
    const line = this.#host.line();
    if (media.t38 || !record.running || !line) return media.t38 !== null;
    media.wantsT38 = true;
    const accepted = await line.reoffer();
    if (media.t38) return true;
    media.wantsT38 = false;
    logger.debug('The far end does not take T.38; the fax goes on in the audio.', { callId, leg: name });
    // Accepted without a port: then the audio is gone as well, and must be asked for.
    if (accepted && !this.#leg.ended) await line.reoffer();
    return false;
  }

  #goBack(): void {
    const { media, clock } = this.#leg;
    if (this.#audioBack || this.running || this.#leg.ended || !media.t38) return;
    media.wantsT38 = false;
    const back = this.#host.line()?.reoffer() ?? Promise.resolve(false);
    let cancel = () => undefined as void;
    const patience = new Promise<void>((resolve) => (cancel = clock.at(clock.now() + AUDIO_BACK_MS, resolve)));
    this.#audioBack = Promise.race([back.then(() => undefined), patience]).finally(() => {
      cancel();
      this.#audioBack = null;
    });
  }

  #transport(setup: FaxSetup): T38Transport | null {
    return this.#leg.media.t38Transport(setup.t38Redundancy);
  }

  readonly #carrierWithoutFax = (): void => {
    if (this.#leg.media.t38) this.heard('t38');
  };

  /** A document that cannot be kept is lost, which the log must say; the fax itself went as it went. */
  async #keep(record: FaxRecord, document: string): Promise<void> {
    const { callId, workspaceId, logger } = this.#leg;
    try {
      await this.#host.store.commit({ callId, workspaceId, document, pages: record.progress.pages });
    } catch (error) {
      logger.error('A received fax could not be kept.', { callId, document, error: messageOf(error) });
    }
  }

  #faultOf(told: Extract<MediaEvent, { type: 'fax-ended' }> | null): FaxEnd {
    if (this.#leg.ended) return { ...hungUp(), rawCause: { code: CALL_DROPPED[0], text: CALL_DROPPED[1] } };
    if (told?.message === 'timeout') return TOO_LONG;
    return told?.message === undefined ? STOPPED : { ...NOT_FAXABLE, explanation: told.message };
  }

  /** Before the first fax: what the media side tells of the far end's wishes. */
  listenToCarrier(): void {
    this.#leg.media.onCarrier = this.#carrierWithoutFax;
  }
}

const hungUp = (): FaxEnd => ({
  cause: 'HANGUP',
  explanation: 'The far end hung up before the fax was complete.',
  advice: 'Try again in a few minutes.',
});

const tooSlow = (bitRate: number, { minDataRate }: FaxSetup): FaxEnd => ({
  cause: 'COMMSFAULT',
  explanation: `The line carries only ${bitRate} bit/s, which is below the lowest rate that was asked for, ${minDataRate}.`,
  advice: 'Lower MinDataRate, or try again over T.38.',
});
