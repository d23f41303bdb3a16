import { z } from 'zod';
import { assignments } from '../fields/index.js';
import { defineNode } from '../node.js';

export const setVariables = defineNode({
  type: 'set-variables',
  version: 1,
  title: 'Set variables',
  summary: 'Keeps values for the nodes that follow.',
  icon: 'Variable',
  group: 'data',
  needs: 'none',
  instant: true,
  config: z.strictObject({
    assign: assignments('Variables', 'Names and values; a value that is one {{ expression }} keeps its type.'),
  }),
  outcomes: () => ['done'],
  assigns: ({ assign }) => Object.keys(assign),
  run: ({ config }) => Promise.resolve({ outcome: 'done', assign: config.assign }),
});
