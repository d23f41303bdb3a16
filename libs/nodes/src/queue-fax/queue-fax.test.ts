import { describe, expect, it } from 'vitest';
import { nodeTest } from '../testing/node-test.js';
import { queueFax as definition } from './queue-fax.node.js';

const queueFax = nodeTest(definition);

describe('queue-fax', () => {
  it('hands the document over and goes on', async () => {
    await queueFax({ to: '+37052000000', document: 'offer', options: { T38: 'NO' }, priority: 9 })
      .afterwards(({ queued }) =>
        expect(queued).toEqual([
          { to: '+37052000000', document: 'offer', from: null, options: { T38: 'NO' }, priority: 9 },
        ]),
      )
      .expectOutcome('queued', { fax: 'fax-1' });
  });
});
