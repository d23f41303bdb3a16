import { expect, it } from 'vitest';
import { QUICK } from './support/report.js';
import { runScript } from './support/script.js';

/* The media engine without SIP, beside a C program that only copies: how evenly sound comes, and what a session costs. */
it('how many sessions the media engine carries, and how evenly', async () => {
  const args = QUICK
    ? ['--sessions', '500', '--seconds', '4']
    : ['--sessions', '500,1000,1500,2000', '--seconds', '10', '--rounds', '3'];
  expect(await runScript('media.mjs', args)).toMatch(/^(bench|skipped) media/m);
});

it('what it costs to look for keys in a frame', async () => {
  const printed = await runScript('digits.mjs', QUICK ? ['--rounds', '1', '--frames', '50000'] : []);
  expect(printed).toMatch(/^bench in-band-digits/m);
});
