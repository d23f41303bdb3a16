import './lib/node-version.mjs';

const { start } = await import('./lib/start.mjs');
await start();
