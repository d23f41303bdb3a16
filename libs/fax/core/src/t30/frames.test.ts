import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeFrame, settingsOf } from './frames.js';

const frame = (...bytes: number[]) => Uint8Array.of(0xff, 0x13, ...bytes);

describe('a T.30 message', () => {
  it('is told by its name and in words', () => {
    expect(describeFrame(frame(0x84), 'them')).toEqual({
      from: 'them',
      signal: 'CFR',
      meaning: 'The training signal came well: send the page.',
    });
    // The same, said by who has received a DIS.
    expect(describeFrame(frame(0x85), 'us')).toMatchObject({ signal: 'CFR' });
    expect(describeFrame(frame(0xbf, 0x4f, 0, 0, 0), 'us')?.meaning).toBe('This part of the page is over. (MPS)');
    expect(
      describeFrame(frame(0x40, ...[...'0002 5 073+'].map((c) => c.charCodeAt(0)), 0x20), 'them')?.meaning,
    ).toContain('(+370 5 2000)');
  });

  it('says with DCS how the pages will be sent', () => {
    // As spandsp writes it into FaxDcs for V.17 14400, ECM, fine, T.6: 00 46 1F 22.
    const dcs = frame(0x83, 0x00, 0x62, 0xf8, 0x44);
    expect(settingsOf(dcs)).toEqual({ bitRate: 14_400, ecm: true, compression: 'MMR', resolution: '204x196' });
    expect(describeFrame(dcs, 'us')?.meaning).toBe('This is how I will send. (V.17 14400, ECM, fine, MMR)');
    expect(settingsOf(frame(0x84))).toBeNull();
  });

  it('is not image data', () => {
    expect(describeFrame(frame(0x06, 1, 2, 3), 'us')).toBeNull();
    expect(describeFrame(frame(0x86), 'us')).toBeNull();
  });

  it('may be anything', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        const said = describeFrame(bytes, 'them');
        if (said) expect(said.signal).not.toBe('');
        settingsOf(bytes);
      }),
    );
  });
});
