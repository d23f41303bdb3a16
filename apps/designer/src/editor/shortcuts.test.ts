import { describe, expect, it } from 'vitest';
import { comboOf, shortcutGroups, shortcutsByCombo } from './shortcuts.js';

const press = (key: string, held: readonly string[] = []) =>
  comboOf({
    key,
    ctrlKey: held.includes('ctrl'),
    metaKey: held.includes('meta'),
    shiftKey: held.includes('shift'),
    altKey: held.includes('alt'),
  });

describe('a pressed key', () => {
  it.each([
    ['z', ['ctrl'], 'mod+z'],
    ['Z', ['meta', 'shift'], 'mod+shift+z'],
    ['?', ['shift'], '?'],
    ['/', ['shift'], '/'],
    ['ArrowLeft', ['alt'], 'alt+←'],
    ['Tab', ['shift'], 'shift+tab'],
  ] as const)('%s with %j is %s', (key, held, combo) => expect(press(key, held)).toBe(combo));
});

it('no key does two things', () => {
  const keys = shortcutGroups.flatMap(({ shortcuts }) => shortcuts.flatMap((one) => (one.run ? one.keys : [])));
  expect(shortcutsByCombo.size).toBe(keys.length);
});
