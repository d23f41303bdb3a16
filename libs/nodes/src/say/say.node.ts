import { defineNode } from '../node.js';
import { runSpoken, spokenConfig, spokenOutput } from './spoken.js';

export const say = defineNode({
  type: 'say',
  version: 1,
  title: 'Say',
  summary: 'Speaks a text to the caller.',
  icon: 'MessageCircle',
  group: 'prompts',
  needs: 'audio',
  config: spokenConfig,
  outcomes: () => ['done', 'interrupted'],
  output: spokenOutput,
  givenAs: { interrupted: 'done' },
  run: runSpoken,
});
