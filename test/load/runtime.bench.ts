import { expect, it } from 'vitest';
import { QUICK } from './support/report.js';
import { runScript } from './support/script.js';

/* What the runtime costs beside bare XState, and what it takes to check a drawing of a thousand nodes. */
it('what a node, a start and a check cost', async () => {
  const printed = await runScript('runtime.mjs', QUICK ? ['--rounds', '2', '--calls', '20'] : []);
  expect(printed).toMatch(/^bench runtime-node /m);
});
