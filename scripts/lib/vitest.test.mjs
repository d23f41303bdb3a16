import { describe, expect, it } from 'vitest';
import { summary, triedAgain } from './vitest.mjs';

const file = (status, ...tests) => ({
  name: '/p/x.test.ts',
  status,
  message: status === 'failed' ? 'cannot load' : '',
  assertionResults: tests.map((state) => ({
    status: state,
    fullName: `it ${state}`,
    failureMessages: state === 'failed' ? ['expected 1'] : [],
  })),
});

describe('the totals of a test run', () => {
  it('counts what passed, failed and was skipped', () => {
    const result = summary(
      { testResults: [file('failed', 'passed', 'failed', 'pending'), file('passed', 'passed', 'todo')] },
      1,
    );
    expect(result).toMatchObject({ passed: 2, failed: 1, skipped: 2 });
    expect(result.details).toContain('expected 1');
  });

  it('counts a file that cannot be loaded as a failure', () => {
    expect(summary({ testResults: [file('failed'), file('passed', 'passed')] }, 1)).toMatchObject({
      passed: 1,
      failed: 1,
    });
  });

  it('believes the exit code when the report sees nothing wrong', () => {
    const result = summary({ testResults: [file('passed', 'passed')] }, 1, 'Unhandled rejection');
    expect(result).toMatchObject({ passed: 1, failed: 1 });
    expect(result.details).toContain('Unhandled rejection');
  });

  it('tells what passed only when it was tried again', () => {
    expect(triedAgain('')).toEqual([]);
    expect(triedAgain('/p/x.test.ts\ta key ends it\t2\n')).toEqual([
      expect.stringContaining('x.test.ts › a key ends it: passed when it was tried 2 times again'),
    ]);
  });
});
