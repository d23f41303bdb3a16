import { describe, expect, it } from 'vitest';
import { ConfigurationError, environmentSchema, readConfig } from './config.js';

const problemsOf = (environment: Record<string, string>) => {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
};

describe('configuration', () => {
  it('has the defaults of the contract', () => {
    const config = readConfig({});
    expect(config).toMatchObject({
      HTTP_PORT: 3000,
      HTTP_HOST: '0.0.0.0',
      SIP_PORT: 5060,
      SIP_HOST: '0.0.0.0',
      RTP_PORT_MIN: 10_000,
      RTP_PORT_MAX: 20_000,
      TELEPHONY: 'embedded',
      EGRESS_ALLOW: [],
    });
    expect(config.DATABASE_URL).toBeUndefined();
    expect(config.version).toMatch(/^\d/);
  });

  it('names every mistake at once', () => {
    const problems = problemsOf({
      HTTP_PORT: 'x',
      TELEPHONY: 'pigeon',
      EGRESS_ALLOW: '10.0.0.0/99',
      ADMIN_EMAIL: 'nobody',
    });
    expect(problems.map((problem) => problem.split(':')[0]?.split('.')[0])).toEqual(
      expect.arrayContaining(['HTTP_PORT', 'TELEPHONY', 'EGRESS_ALLOW', 'ADMIN_EMAIL']),
    );
  });

  it('refuses half an administrator and a backward port range', () => {
    expect(problemsOf({ ADMIN_EMAIL: 'a@example.org', RTP_PORT_MIN: '30000', RTP_PORT_MAX: '20000' })).toHaveLength(2);
  });

  it('takes an empty variable as unset', () => {
    expect(readConfig({ DATABASE_URL: '', HTTP_PORT: '' }).HTTP_PORT).toBe(3000);
  });

  it('says a sentence about every variable', () => {
    for (const [name, schema] of Object.entries(environmentSchema.shape))
      expect(schema.meta()?.description, name).toMatch(/\.$/);
  });
});
