import type { FaxJob } from '@callwright/channel-contract';
import { z } from 'zod';
import { distinct, duration } from '../fields/index.js';
import { faxLeg } from '../fax/fields.js';
import { exampleFax, faxOutput, RECEIVING_OUTCOMES, SENDING_OUTCOMES } from '../fax/outcomes.js';
import { faxOutputShape, lastPage } from '../fax/outputs.js';
import { faxLegOf, resultOfFax } from '../fax/running.js';
import { noFax } from '../errors.js';
import { defineNode, type NodeResult } from '../node.js';
import { childSignal } from '../running/child-signal.js';
import { ABORTED, orAborted } from '../running/or-aborted.js';
import { interrupted } from '../running/over.js';

const MOMENTS = ['negotiated', 'page', 'finished'] as const;
type Moment = (typeof MOMENTS)[number];

const OUTCOMES: Readonly<Record<Moment, readonly string[]>> = {
  negotiated: ['negotiated', 'negotiation-failed', 'timeout'],
  page: ['page', 'finished', 'timeout'],
  finished: distinct([...SENDING_OUTCOMES, ...RECEIVING_OUTCOMES]),
};

export const waitForFax = defineNode({
  type: 'wait-for-fax',
  version: 1,
  title: 'Wait for fax',
  summary: 'Waits until a fax that was started has come to the next page, or to its end.',
  icon: 'HourglassHigh',
  group: 'fax',
  needs: 'none',
  waitsFor: 'far-end',
  endsWithCall: true,
  config: z.strictObject({
    until: z
      .enum(MOMENTS)
      .meta({
        title: 'Until',
        description:
          'negotiated: the machines have agreed on how the pages go. page: another page is through. finished: it is over.',
        control: 'choice',
      })
      .default('finished'),
    timeoutMs: duration('At most', 'How long it waits; 0: as long as it takes. The fax goes on afterwards.').default(0),
    leg: faxLeg.default('caller'),
  }),
  outcomes: ({ until }) => OUTCOMES[until],
  output: faxOutputShape.extend({ lastPage }).partial(),
  exampleOutput: exampleFax,
  async run(run) {
    const { until, timeoutMs, leg } = run.config;
    const job = faxLegOf(run, leg).fax;
    if (!job) throw noFax(leg);
    const { clock } = run.services;
    const stop = childSignal(run.signal);
    const cancel = timeoutMs > 0 ? clock.at(clock.now() + timeoutMs, () => stop.abort()) : () => {};
    try {
      const reached = await WAITS[until](job, stop.signal);
      if (reached) return reached;
      // With its call the fax ends as well, in a moment: that is what was waited for.
      if (run.channel.state === 'ended' || run.channel.caller.state === 'ended') return resultAt(until, job);
      return run.signal.aborted ? interrupted(soFar(job)) : { outcome: 'timeout', output: soFar(job) };
    } finally {
      cancel();
      stop.release();
    }
  },
});

const soFar = (job: FaxJob) => {
  const { negotiated, pages, lastPage } = job.progress;
  return { pages, lastPage, negotiated: negotiated && { ...negotiated } };
};

const isOver = (job: FaxJob): boolean => job.state === 'idle' || job.state === 'error';

/** What each moment comes to once the fax is over. */
async function resultAt(until: Moment, job: FaxJob): Promise<NodeResult> {
  const result = await job.result;
  if (until === 'finished') return resultOfFax(result);
  return {
    outcome: until === 'page' ? 'finished' : 'negotiation-failed',
    output: { ...faxOutput(result), ...soFar(job) },
  };
}

/** Null: the time was up first. */
const WAITS: Readonly<Record<Moment, (job: FaxJob, signal: AbortSignal) => Promise<NodeResult | null>>> = {
  negotiated: async (job, signal) => {
    const settings = await job.negotiated(signal);
    if (settings) return { outcome: 'negotiated', output: soFar(job) };
    return isOver(job) ? resultAt('negotiated', job) : null;
  },
  page: async (job, signal) => {
    if (isOver(job) || job.progress.lastPage) return resultAt('page', job);
    const before = job.progress.pages;
    const pages = await job.nextPage(signal);
    if (pages > before) return { outcome: 'page', output: soFar(job) };
    return isOver(job) ? resultAt('page', job) : null;
  },
  finished: async (job, signal) => {
    const result = await orAborted(job.result, signal);
    return result === ABORTED ? null : resultOfFax(result);
  },
};
