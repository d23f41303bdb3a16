import { describe, expect, it } from 'vitest';
import { commandArguments } from './command.js';

describe('arguments of FreeSWITCH commands', () => {
  it('joins what cannot be read as more than it is', () => {
    expect(
      commandArguments('7b1c-22', 'start', '/data/audio/a_1.wav', 0, '{RECORD_STEREO=true,RECORD_READ_ONLY=true}'),
    ).toBe('7b1c-22 start /data/audio/a_1.wav 0 {RECORD_STEREO=true,RECORD_READ_ONLY=true}');
    expect(commandArguments('room-1@default+flags{mute|deaf}')).toBe('room-1@default+flags{mute|deaf}');
    expect(commandArguments('#@100', '*@100')).toBe('#@100 *@100');
  });

  it.each([
    ['a line break, after which another command would be run', 'x\n\napi global_setvar injected=yes\n\n'],
    ['a carriage return', 'x\ry'],
    ['an expansion that calls a function', '${system(touch pwned)}'],
    ['an expansion of a variable', '${sip_auth_password}'],
    ['a global expansion', '$${domain}'],
    ['a blank, which shifts the arguments after it', 'my file.wav'],
    ['a tabulator', 'a\tb'],
    ['nothing', ''],
    ['a quote', "it's"],
    ['a zero byte', 'a\0b'],
    ['a separator of play lists', 'a.wav!b.wav'],
  ])('refuses %s', (_what, argument) => {
    expect(() => commandArguments('first', argument)).toThrow(
      expect.objectContaining({ code: 'freeswitch.unsafe-argument', kind: 'bug' }),
    );
  });
});
