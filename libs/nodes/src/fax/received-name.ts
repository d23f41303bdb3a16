import type { NodeRun } from '../node.js';

/** `fax-20260302-101530-37060000000`: when it came, and from whom. */
export function nameOfReceived({ services, channel }: NodeRun<unknown>): string {
  const [date = '', time = ''] = new Date(services.clock.now()).toISOString().slice(0, 19).split('T');
  const from = channel.from.replace(/[^A-Za-z0-9]/g, '').slice(0, 32);
  return ['fax', date.replaceAll('-', ''), time.replaceAll(':', ''), from].filter((part) => part !== '').join('-');
}
