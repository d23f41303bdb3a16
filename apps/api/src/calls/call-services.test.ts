import { describe, expect, it } from 'vitest';
import { without } from './call-services.js';

describe('a secret', () => {
  it('that a server sends back is not shown to the scenario', () => {
    const reply = { status: 200, headers: { 'x-echo': 'Bearer hush' }, body: '{"authorization":"Bearer hush"}' };
    expect(JSON.stringify(without('hush', reply))).not.toContain('hush');
    expect(without('hush', reply)).toMatchObject({ status: 200, body: '{"authorization":"Bearer •••"}' });
  });
});
