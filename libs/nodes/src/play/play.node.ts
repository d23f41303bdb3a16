import { defineNode } from '../node.js';
import { runSpoken, spokenConfig, spokenOutput } from '../say/spoken.js';

export const play = defineNode({
  type: 'play',
  version: 1,
  title: 'Play',
  summary: 'Plays a media file to the caller.',
  icon: 'PlayerPlay',
  group: 'prompts',
  needs: 'audio',
  config: spokenConfig,
  outcomes: () => ['done', 'interrupted'],
  output: spokenOutput,
  givenAs: { interrupted: 'done' },
  run: runSpoken,
});
