import { describe, expect, it } from 'vitest';
import { bound, boundDestination } from './bindings.js';

const bindings = {
  media: { welcome: 'welcome-test' },
  trunk: { carrier: 'test-carrier' },
  phone: { boss: 'tester' },
  scenario: { desk: 'test-desk' },
};

describe('a name in an environment', () => {
  it('stands for what it is bound to, else for itself', () => {
    expect(bound(bindings, 'media', 'welcome')).toBe('welcome-test');
    expect(bound(bindings, 'media', 'goodbye')).toBe('goodbye');
    expect(bound(bindings, 'secret', 'welcome')).toBe('welcome');
    expect(bound(bindings, 'media', 'constructor')).toBe('constructor');
  });

  it.each([
    ['trunk:carrier/+37052123456', 'trunk:test-carrier/+37052123456'],
    ['trunk:other/1', 'trunk:other/1'],
    ['phone:boss', 'phone:tester'],
    ['scenario:desk', 'scenario:test-desk'],
    ['+37052123456', '+37052123456'],
    ['sip:boss@example.org', 'sip:boss@example.org'],
  ])('is followed in a destination: %s', (to, expected) => {
    expect(boundDestination(bindings, to)).toBe(expected);
  });
});
