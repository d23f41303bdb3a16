import type { FaxSettings, FaxSignal } from '../result/result.js';

/** Facsimile control field (ITU-T T.30 section 5.3.6.1) without its bit for the direction, and what it means to a person. */
const FRAMES: Readonly<Record<number, readonly [name: string, meaning: string]>> = {
  0x80: ['DIS', 'This is what my machine can do.'],
  0x40: ['CSI', 'This is who I am, whom you called.'],
  0x20: ['NSF', 'This is what my maker adds.'],
  0x81: ['DTC', 'I want to fetch a document; this is what I can do.'],
  0x41: ['CIG', 'This is who wants to fetch.'],
  0x21: ['NSC', 'This is what my maker adds to fetching.'],
  0xc1: ['PWD', 'This is the password to fetch with.'],
  0xa1: ['SEP', 'This is the document to fetch.'],
  0x61: ['PSA', 'This is the sub-address to fetch from.'],
  0x82: ['DCS', 'This is how I will send.'],
  0x42: ['TSI', 'This is who I am, who sends.'],
  0x22: ['NSS', 'This is what my maker adds to sending.'],
  0xc2: ['SUB', 'This is the sub-address to deliver to.'],
  0xa2: ['SID', 'This is the password to send with.'],
  0x12: ['CTC', 'Let us go on at this rate.'],
  0x84: ['CFR', 'The training signal came well: send the page.'],
  0x44: ['FTT', 'The training signal came badly: go slower.'],
  0xc4: ['CTR', 'Go on at that rate.'],
  0x24: ['CSA', 'This is my internet address.'],
  0x8e: ['EOM', 'The page is over; let us begin anew for the next.'],
  0x4e: ['MPS', 'The page is over; another follows.'],
  0x2e: ['EOP', 'The page is over; it was the last.'],
  0x9e: ['PRI-EOM', 'The page is over; an operator is wanted.'],
  0x5e: ['PRI-MPS', 'The page is over, another follows; an operator is wanted.'],
  0x3e: ['PRI-EOP', 'The last page is over; an operator is wanted.'],
  0xbe: ['PPS', 'This part of the page is over.'],
  0xce: ['EOR', 'I will not send the damaged parts again.'],
  0x6e: ['RR', 'Are you ready?'],
  0x8c: ['MCF', 'The page came well.'],
  0xcc: ['RTP', 'The page came, but not well: train anew.'],
  0x4c: ['RTN', 'The page came badly.'],
  0xac: ['PIP', 'The page came; an operator is wanted.'],
  0x2c: ['PIN', 'The page came badly; an operator is wanted.'],
  0xbc: ['PPR', 'Some parts came damaged: send them again.'],
  0xec: ['RNR', 'I am not ready yet.'],
  0x1c: ['ERR', 'I take the page as it came.'],
  0xfc: ['FDM', 'This is what is wrong with the file.'],
  0xfa: ['DCN', 'Goodbye.'],
  0x1a: ['CRP', 'Say that again.'],
  0xca: ['FNV', 'A field is not valid.'],
  0xea: ['TNR', 'I am not ready to send.'],
  0x6a: ['TR', 'Are you ready to send?'],
};

const DCS = 0x82;
/** Image data of error correction, and the end of a part of it (T.4 annex A). */
const IMAGE_DATA = [0x06, 0x86];

/** The lowest bit as it is written here says who has received a valid DIS; where it is no part of the name it is left out. */
const frameOf = (control: number) => FRAMES[control] ?? FRAMES[control & 0xfe];

/** Bits 11 to 14 of DCS (T.30 table 2). */
const RATES: Readonly<Record<number, readonly [modem: string, bitRate: number]>> = {
  0b0000: ['V.27ter', 2400],
  0b0100: ['V.27ter', 4800],
  0b1000: ['V.29', 9600],
  0b1100: ['V.29', 7200],
  0b0001: ['V.17', 14_400],
  0b0101: ['V.17', 12_000],
  0b1001: ['V.17', 9600],
  0b1101: ['V.17', 7200],
};
/** The same bits of DIS and DTC. */
const MODEMS: Readonly<Record<number, string>> = {
  0b0000: 'V.27ter 2400',
  0b0100: 'V.27ter',
  0b1000: 'V.29',
  0b1100: 'V.27ter, V.29',
  0b1101: 'V.27ter, V.29, V.17',
};

/** What a frame as it comes from the line (address, control, FCF, information) says; null for image data and for what is none. */
export function describeFrame(frame: Uint8Array, from: FaxSignal['from']): FaxSignal | null {
  const control = frame[2];
  if (control === undefined || frame[0] !== 0xff) return null;
  if (IMAGE_DATA.includes(control & 0xfe)) return null;
  const known = frameOf(control);
  if (!known)
    return {
      from,
      signal: `0x${control.toString(16).padStart(2, '0')}`,
      meaning: 'A message that T.30 does not have.',
    };
  const [signal, meaning] = known;
  return { from, signal, meaning: `${meaning}${details(signal, frame.subarray(3))}` };
}

function details(signal: string, information: Uint8Array): string {
  switch (signal) {
    case 'DIS':
    case 'DTC':
      return withWords([MODEMS[rateBits(information)], ...imageWords(information)]);
    case 'DCS':
      return withWords([RATES[rateBits(information)]?.join(' '), ...imageWords(information)]);
    case 'CSI':
    case 'TSI':
    case 'CIG':
    case 'SUB': {
      const ident = identOf(information);
      return ident === '' ? '' : ` (${ident})`;
    }
    case 'PPS': {
      const next = frameOf(information[0] ?? 0);
      return next ? ` (${next[0]})` : '';
    }
    default:
      return '';
  }
}

const withWords = (words: readonly (string | undefined)[]) => {
  const known = words.filter((word) => word !== undefined);
  return known.length === 0 ? '' : ` (${known.join(', ')})`;
};

/** Bit n of T.30 table 2, from 1; octets come with their least significant bit first. */
const bitOf = (information: Uint8Array, bit: number): boolean =>
  (((information[(bit - 1) >>> 3] ?? 0) >>> ((bit - 1) & 7)) & 1) === 1;

const rateBits = (information: Uint8Array): number =>
  [11, 12, 13, 14].reduce((sum, bit) => (sum << 1) | Number(bitOf(information, bit)), 0);

const compressionOf = (information: Uint8Array) =>
  bitOf(information, 31) ? 'MMR' : bitOf(information, 16) ? 'MR' : 'MH';

function imageWords(information: Uint8Array): string[] {
  const fineness = bitOf(information, 41) ? 'superfine' : bitOf(information, 15) ? 'fine' : 'standard';
  return [...(bitOf(information, 27) ? ['ECM'] : []), fineness, compressionOf(information)];
}

/** What a DCS says of how its sender will send; null for any other frame. */
export function settingsOf(
  frame: Uint8Array,
): Pick<FaxSettings, 'bitRate' | 'ecm' | 'compression' | 'resolution'> | null {
  if (frame[0] !== 0xff || ((frame[2] ?? 0) & 0xfe) !== DCS) return null;
  const information = frame.subarray(3);
  const sixteen = bitOf(information, 43);
  const [across, down] = bitOf(information, 41) ? [204, 391] : bitOf(information, 15) ? [204, 196] : [204, 98];
  return {
    bitRate: RATES[rateBits(information)]?.[1] ?? 0,
    ecm: bitOf(information, 27),
    compression: compressionOf(information),
    resolution: sixteen ? '408x391' : bitOf(information, 42) ? '300x300' : `${across}x${down}`,
  };
}

/** Identities come backwards, filled up with blanks (T.30 section 5.3.6.2.4). */
const identOf = (information: Uint8Array): string =>
  Array.from(information, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ''))
    .reverse()
    .join('')
    .trim();
