import './lib/node-version.mjs';

const { writeReference } = await import('./lib/reference/index.mjs');
process.exitCode = await writeReference({ check: process.argv.includes('--check') });
