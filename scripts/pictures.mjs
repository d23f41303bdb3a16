import './lib/node-version.mjs';
import { join } from 'node:path';

// The pictures of the guides are taken by the test that plays the guide, so that they show what is really there.
const { ROOT } = await import('./lib/paths.mjs');
const { prepare } = await import('./lib/start.mjs');
const { vitest } = await import('./lib/vitest.mjs');
const { orRefuse, say } = await import('./lib/progress.mjs');

await orRefuse(async () => {
  await prepare();
  const folder = join(ROOT, 'docs/guides/images');
  const args = ['--config', 'test/vitest.config.ts', '--project', 'designer', 'first-call'];
  const { failed, details } = await vitest(args, { env: { PICTURES: folder } });
  say(failed === 0 ? `The pictures are in ${folder}.` : details);
  process.exitCode = failed === 0 ? 0 : 1;
});
