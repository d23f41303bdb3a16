import type { FaxJob, FaxRequest } from '../fax/fax.js';
import { DEAF, never, PROMPT_END_MS, rule } from './bench.js';

/** A document that every harness has: one page. */
const SEND: FaxRequest = { document: 'one-page', options: {} };
const RECEIVE: FaxRequest = { document: 'incoming', options: {} };
/** One page of a few rows, negotiation and goodbye included. */
const FAX_MS = 60_000;

/** Faxes: what ends them, what they exclude, what is told. */
export const faxRules = [
  rule('fax/not-answered', 'a fax needs an answered leg, and a document that exists', async (bench) => {
    const { channel } = await bench.incoming();
    await bench.refuses(channel.caller.sendFax(SEND), 'call.not-answered');
    await bench.refuses(channel.caller.receiveFax(RECEIVE), 'call.not-answered');
    await bench.soon(channel.caller.answer({ headers: {} }));
    await bench.refuses(channel.caller.sendFax({ ...SEND, document: 'nowhere' }), 'fax.document-not-found');
    bench.expect(channel.caller.fax).toBe(null);
  }),
  rule('fax/bad-options', 'an option at fault ends a fax at once, and is named', async (bench) => {
    const { channel } = await bench.answered();
    const cases = [
      [{ v34: 'YES' }, 'UNKNOWN_OPTION'],
      [{ MinDataRate: '3000' }, 'UNKNOWN_VALUE'],
      [{ v17: 'NO', MinDataRate: '14400' }, 'INCONSISTENT_OPTIONS'],
    ] as const;
    for (const [options, cause] of cases) {
      const job = await bench.soon(channel.caller.sendFax({ ...SEND, options }));
      const result = await bench.soon(job.result, PROMPT_END_MS);
      bench.expect(result).toMatchObject({ outcome: 'bad-options', cause, failedOption: options, pages: 0 });
      bench.expect(job.state).toBe('error');
    }
  }),
  rule('fax/stop', 'a fax that is stopped ends at once, and the leg can play again', async (bench) => {
    const { channel } = await bench.answered();
    const job = await bench.soon(channel.caller.sendFax(SEND));
    bench.expect(job.state).toBe('sending');
    bench.expect(channel.caller.fax).toBe(job);
    await bench.wait(500);
    const result = await bench.soon(job.stop(), PROMPT_END_MS);
    bench.expect(result).toMatchObject({ outcome: 'aborted', cause: 'ABORTED', firstUnsentPage: 1 });
    bench.expect(job.state).toBe('idle');
    bench.expect(bench.event(channel, 'fax.ended')).toMatchObject({ leg: 'caller', outcome: 'aborted' });
    const played = await bench.soon(channel.caller.play(bench.tone(700, 200), DEAF, never()));
    bench.expect(played.reason).toBe('end');
  }),
  rule('fax/hang-up', 'a hang-up ends a fax, and that is told before the end of the call', async (bench) => {
    const { channel, caller } = await bench.answered();
    const job = await bench.soon(channel.caller.receiveFax(RECEIVE));
    bench.expect(job.state).toBe('receiving');
    await bench.wait(500);
    await caller.hangUp();
    const result = await bench.soon(job.result);
    bench.expect(result).toMatchObject({ outcome: 'hung-up', cause: 'HANGUP', pages: 0 });
    await bench.until(() => channel.state === 'ended');
    const names = bench.names(channel);
    bench.expect(names.indexOf('fax.ended') >= 0 && names.indexOf('fax.ended') < names.indexOf('leg.ended')).toBe(true);
  }),
  rule('fax/busy', 'while a fax runs nothing else does, and the other way round', async (bench) => {
    const { channel } = await bench.answered();
    const job = await bench.soon(channel.caller.sendFax(SEND));
    await bench.refuses(channel.caller.play(bench.tone(700, 200), DEAF, never()), 'call.busy-playing');
    await bench.refuses(channel.caller.receiveFax(RECEIVE), 'fax.already-running');
    await bench.soon(job.stop());
    const stop = new AbortController();
    const playing = channel.caller.play(bench.tone(700, 2_000), DEAF, stop.signal);
    await bench.wait(100);
    await bench.refuses(channel.caller.sendFax(SEND), 'call.busy-playing');
    stop.abort();
    await bench.soon(playing);
  }),
  rule('fax/detect', 'a calling fax machine is heard while a prompt goes on', async (bench) => {
    const { channel, caller } = await bench.answered();
    const listening = channel.caller.detectFax(['cng', 't38'], never());
    const stop = new AbortController();
    const playing = channel.caller.play(bench.tone(700, 5_000), DEAF, stop.signal);
    await bench.wait(300);
    caller.soundFax('cng');
    bench.expect(await bench.soon(listening, 2_000)).toBe('cng');
    bench.expect(bench.event(channel, 'fax.detected')).toMatchObject({ leg: 'caller', tone: 'cng' });
    bench.expect(bench.names(channel)).toContain('prompt.started');
    stop.abort();
    await bench.soon(playing);
  }),
  rule('fax/detect-abort', 'listening for a fax ends with its signal, and speech is no fax', async (bench) => {
    const { channel, caller } = await bench.answered();
    const stop = new AbortController();
    const listening = channel.caller.detectFax(['cng', 'ced'], stop.signal);
    caller.talk(700, 1_500);
    await bench.wait(1_500);
    stop.abort();
    bench.expect(await bench.soon(listening, PROMPT_END_MS)).toBe(null);
  }),
  rule('fax/send', 'a fax to a machine is sent, page by page', async (bench) => {
    const { channel, caller } = await bench.answered();
    caller.beFaxMachine();
    const job = await bench.soon(channel.caller.sendFax(SEND));
    const settings = await bench.soon(job.negotiated(never()), FAX_MS);
    bench.expect(settings === null).toBe(false);
    bench.expect(await bench.soon(job.nextPage(never()), FAX_MS)).toBe(1);
    await completes(bench, job, { direction: 'send', outcome: 'sent', pages: 1, totalPages: 1, firstUnsentPage: null });
    bench.expect(bench.event(channel, 'fax.page-sent')).toMatchObject({ leg: 'caller', page: 1, of: 1 });
  }),
  rule('fax/receive', 'a fax of a machine is received, page by page', async (bench) => {
    const { channel, caller } = await bench.answered();
    caller.beFaxMachine();
    const job = await bench.soon(channel.caller.receiveFax(RECEIVE));
    await completes(bench, job, { direction: 'receive', outcome: 'received', pages: 1, totalPages: null });
    bench.expect(bench.event(channel, 'fax.page-received')).toMatchObject({ leg: 'caller', page: 1, of: null });
  }),
];

async function completes(bench: Parameters<(typeof faxRules)[number]['check']>[0], job: FaxJob, expected: object) {
  const result = await bench.soon(job.result, FAX_MS);
  bench.expect(result).toMatchObject({ cause: 'NORMAL', ...expected });
  bench.expect(job.progress.lastPage).toBe(true);
  bench.expect(job.state).toBe('idle');
}
