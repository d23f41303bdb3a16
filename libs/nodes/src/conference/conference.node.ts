import { z } from 'zod';
import { key, keyList, name, prompt, toggle } from '../fields/index.js';
import { defineNode } from '../node.js';
import { interrupted, isOver } from '../running/over.js';

export const conference = defineNode({
  type: 'conference',
  version: 1,
  title: 'Conference',
  summary: 'Puts the caller into a room where everybody hears everybody.',
  icon: 'Users',
  group: 'connect',
  needs: 'audio',
  waitsFor: 'caller',
  config: z.strictObject({
    room: name('Room', 'Name of the room; callers of the same name meet.'),
    startOnEntry: toggle(
      'Start on entry',
      'The room begins when this caller enters; otherwise it waits for somebody who starts it.',
    ).default(true),
    endOnExit: toggle('End on exit', 'The room ends for everybody when this caller leaves.').default(false),
    exitKeys: keyList('Exit keys', 'Keys that leave the room.').default(['*']),
    muteKey: key('Mute key', 'Key that mutes the caller; the same as the unmute key: it does both in turn.').optional(),
    unmuteKey: key('Unmute key', 'Key that lets the caller talk again.').optional(),
    waitMusic: prompt('Waiting music', 'What the caller hears until the room begins.').default([]),
    namePrefix: prompt(
      'Name',
      'Played to the others before the entry and exit announcements, such as a recording of the name.',
    ).default([]),
    entry: prompt('Entry', 'Played to the others when this caller enters.').default([]),
    exit: prompt('Exit', 'Played to the others when this caller leaves.').default([]),
    talk: toggle('Talk', 'The others hear this caller.').default(true),
    listen: toggle('Listen', 'This caller hears the others.').default(true),
  }),
  outcomes: () => ['left', 'ended'],
  async run(run) {
    const { channel, config, signal } = run;
    const { muteKey = null, unmuteKey = null, ...options } = config;
    const outcome = await channel.caller.joinConference({ ...options, muteKey, unmuteKey }, signal);
    // Keys that were pressed in the room were not meant for what comes after it.
    channel.caller.digits.clear();
    return isOver(run) ? interrupted() : { outcome };
  },
});
