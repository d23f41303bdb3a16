import './lib/node-version.mjs';

const { bench } = await import('./lib/bench.mjs');
process.exitCode = await bench(process.argv.slice(2));
