import type { Page } from 'playwright-core';
import { percentile } from './report.js';

export interface Frames {
  readonly count: number;
  /** Time from one frame to the next, in ms; 16.7 is what a screen of 60 Hz shows. */
  readonly p50: number;
  readonly p95: number;
  readonly worst: number;
  /** What the page's own thread worked for each frame, in ms. */
  readonly workMs: number;
}

interface Recording extends Window {
  benchFrames?: number[];
}

/** What the page shows while `act` goes on. */
export async function framesWhile(page: Page, act: () => Promise<void>): Promise<Frames> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  const workSeconds = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')!.value;
  };
  await page.evaluate(() => {
    const frames: number[] = ((window as Recording).benchFrames = []);
    const next = (at: number) => {
      if ((window as Recording).benchFrames !== frames) return;
      frames.push(at);
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
  const before = await workSeconds();
  await act();
  const worked = (await workSeconds()) - before;
  const times = await page.evaluate(() => {
    const frames = (window as Recording).benchFrames ?? [];
    delete (window as Recording).benchFrames;
    return frames;
  });
  await devtools.detach();
  const between = times.slice(1).map((at, n) => at - times[n]!);
  return {
    count: between.length,
    p50: percentile(between, 0.5),
    p95: percentile(between, 0.95),
    worst: Math.max(...between),
    workMs: (1000 * worked) / between.length,
  };
}
