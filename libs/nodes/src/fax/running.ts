import type { FaxJob, Leg } from '@callwright/channel-contract';
import { isComplete, type FaxResult } from '@callwright/fax';
import { faxFailed } from '../errors.js';
import type { NodeResult, NodeRun } from '../node.js';
import { faxOutput } from './outcomes.js';

/** The leg of that name; the caller's own is there also when it has ended, with the fax that it had. */
export const faxLegOf = (run: NodeRun<unknown>, name: string): Leg =>
  name === run.channel.caller.name ? run.channel.caller : run.leg(name);

/** What becomes of a fax. A command that moves the call elsewhere stops it; the end of its leg ends it by itself. */
export async function outcomeOfFax(run: NodeRun<unknown>, leg: Leg, job: FaxJob): Promise<FaxResult> {
  const stop = () => {
    if (leg.state !== 'ended') void job.stop();
  };
  if (run.signal.aborted) stop();
  else run.signal.addEventListener('abort', stop, { once: true });
  try {
    return await job.result;
  } finally {
    run.signal.removeEventListener('abort', stop);
  }
}

/** The node's own result of it. What went wrong on our side is a fault, everything else an outcome. */
export function resultOfFax(result: FaxResult): NodeResult {
  if (result.outcome === 'failed') throw faxFailed(result.explanation, result.cause);
  return { outcome: result.outcome, output: faxOutput(result) };
}

/** After a fax that is complete the far end hangs up; waits for it, at most so long. */
export async function farEndHangsUp(run: NodeRun<unknown>, leg: Leg, result: FaxResult, ms: number): Promise<void> {
  if (!isComplete(result.outcome) || ms === 0) return;
  const { clock } = run.services;
  await new Promise<void>((resolve) => {
    if (leg.state === 'ended' || run.signal.aborted) return resolve();
    const done = () => {
      cancel();
      unsubscribe();
      run.signal.removeEventListener('abort', done);
      resolve();
    };
    const cancel = clock.at(clock.now() + ms, done);
    const unsubscribe = run.channel.subscribe((event) => {
      if (event.name === 'leg.ended' && event.leg === leg.name) done();
    });
    run.signal.addEventListener('abort', done, { once: true });
  });
}
