import { expect } from 'vitest';
import type { Product } from './product.js';
import { RawUdp, request } from './raw-sip.js';

/** The product lives: the process runs, SIP answers OPTIONS, HTTP says that it is live. */
export async function expectAlive(product: Product): Promise<void> {
  expect(product.running, `the process ended; it wrote:\n${product.output.slice(-3000)}`).toBe(true);
  const sip = await RawUdp.open(product.sipAddress);
  try {
    await sip.send(request({ method: 'OPTIONS', uri: `sip:${product.sipAddress}`, from: sip.address }));
    const reply = await sip.saw('a reply to OPTIONS', (message) => message.status !== null);
    expect(reply.status, reply.text).toBe(200);
  } finally {
    sip.close();
  }
  const live = await fetch(`${product.url}/health/live`);
  expect(live.status).toBe(200);
}
