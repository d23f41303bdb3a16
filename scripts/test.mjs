import './lib/node-version.mjs';

const { test } = await import('./lib/test.mjs');
process.exitCode = await test(process.argv.slice(2));
