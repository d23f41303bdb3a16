import { describe, expect, it } from 'vitest';
import { inputError } from '@callwright/kernel';
import { nodeTest, problemsOf } from '../testing/node-test.js';
import { subflow as definition } from './subflow.node.js';

const subflow = nodeTest(definition);

describe('subflow', () => {
  it('gives the outcome and the outputs that the scenario returned', async () => {
    await subflow({ scenario: 'ask-pin', inputs: { length: 4 } })
      .given((stage) => {
        stage.subflow = (request) => {
          expect(request).toEqual({ scenario: 'ask-pin', version: 'latest', inputs: { length: 4 } });
          return { outcome: 'accepted', outputs: { customer: 7 } };
        };
      })
      .expectOutcome('accepted', { customer: 7 });
  });

  it('tells that its outcomes are named elsewhere', () => {
    expect(definition.dynamicOutcomes).toBe('subflow');
    expect(subflow({ scenario: 'a' }).outcomes()).toEqual(['done']);
  });

  it('fails when there is no such scenario', async () => {
    await subflow({ scenario: 'gone' })
      .given((stage) => {
        stage.subflow = () => {
          throw inputError('scenario.not-found', 'There is no such scenario.');
        };
      })
      .expectFailure('scenario.not-found');
  });

  it.each([[{ scenario: 'Not An Id' }], [{ scenario: 'a', version: 0 }], [{ scenario: 'a', version: 'newest' }], [{}]])(
    'refuses %j',
    (config) => {
      expect(problemsOf(definition, config)).toHaveLength(1);
    },
  );
});
