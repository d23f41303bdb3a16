import { describe, expect, it } from 'vitest';
import { decodeG711 } from '@callwright/media';
import { sine } from '@callwright/media/testing';
import { PromptCache } from './prompt-cache.js';

const prompt = (key: string, samples = 800) => ({ key, pcm: sine(500, -10, samples) });

describe('PromptCache', () => {
  it('encodes a prompt once for each codec, into memory that all threads share', () => {
    const cache = new PromptCache(1_000_000);
    const first = cache.get(prompt('a'), 'PCMA');
    expect(cache.get(prompt('a'), 'PCMA')).toBe(first);
    expect(cache.get(prompt('a'), 'PCMU')).not.toBe(first);
    expect(first.codes.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(Math.abs(decodeG711('PCMA', first.codes)[3]! - prompt('a').pcm[3]!)).toBeLessThan(300);
  });

  it('forgets what was not used for longest', () => {
    const cache = new PromptCache(2000);
    const a = cache.get(prompt('a'), 'PCMA');
    const b = cache.get(prompt('b'), 'PCMA');
    cache.get(prompt('a'), 'PCMA');
    cache.get(prompt('c'), 'PCMA');
    expect(cache.get(prompt('a'), 'PCMA')).toBe(a);
    expect(cache.get(prompt('b'), 'PCMA')).not.toBe(b);
  });

  it('plays what is larger than the whole cache', () => {
    const cache = new PromptCache(100);
    expect(cache.get(prompt('long'), 'PCMU').codes.length).toBe(800);
  });
});
