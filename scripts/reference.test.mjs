import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from './lib/paths.mjs';
import { loggedEvents, membersOf } from './lib/reference/events.mjs';

/** The run says it in its own words: `call.ended`. */
const NOT_LOGGED = ['call.channel-ended'];

it('the page of events has every event that a log can hold', () => {
  const names = loggedEvents().map(({ name }) => name);
  const channel = membersOf('libs/channel/contract/src/events.ts', 'ChannelEvent').map(({ name }) => name);
  expect(channel.filter((name) => !names.includes(name) && !NOT_LOGGED.includes(name))).toEqual([]);
  expect(names.filter((name) => name.startsWith('fax.'))).toHaveLength(7);
  const page = readFileSync(join(ROOT, 'docs/reference/events.md'), 'utf8');
  for (const name of names) expect(page).toContain(`| \`${name}\``);
});
