import { expect, it } from 'vitest';
import { SilenceWatch } from './silence-watch.js';

/** What is told, by when, if nothing ever comes; `answeredAt`: the call is answered then. */
function told({ answeredAt }: { answeredAt: number | null }): [number, number][] {
  const heard: [number, number][] = [];
  let now = 0;
  const watch = new SilenceWatch(60_000, (ms) => heard.push([now, ms]));
  watch.expect(true, 0);
  for (; now <= 120_000; now += 20) {
    if (now === answeredAt) watch.restart(now);
    watch.tick(now);
  }
  return heard;
}

it('tells after 5 s and after a minute that nothing has come', () => {
  expect(told({ answeredAt: null })).toEqual([
    [5000, 5000],
    [60_000, 60_000],
  ]);
});

it('counts anew from the answer: who only heard a ringtone until then had nothing to say', () => {
  expect(told({ answeredAt: 50_000 })).toEqual([
    [5000, 5000],
    [55_000, 5000],
    [110_000, 60_000],
  ]);
});

it('expects nothing of who is on hold', () => {
  const watch = new SilenceWatch(60_000, () => expect.unreachable());
  watch.expect(false, 0);
  watch.restart(10);
  watch.tick(100_000);
});
