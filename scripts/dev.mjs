import './lib/node-version.mjs';

const { dev } = await import('./lib/dev.mjs');
await dev();
