/** G.711 by tables: decoding is one look-up of 256 entries, encoding one of 65,536. */
export type G711Codec = 'PCMU' | 'PCMA';

function muLawToLinear(code: number): number {
  const inverted = ~code & 0xff;
  const magnitude = (((inverted & 0x0f) << 3) + 0x84) << ((inverted & 0x70) >> 4);
  return inverted & 0x80 ? 0x84 - magnitude : magnitude - 0x84;
}

function aLawToLinear(code: number): number {
  const toggled = code ^ 0x55;
  const segment = (toggled & 0x70) >> 4;
  const step = (toggled & 0x0f) << 4;
  const magnitude = segment === 0 ? step + 8 : (step + 0x108) << (segment - 1);
  return toggled & 0x80 ? magnitude : -magnitude;
}

function linearToMuLaw(sample: number): number {
  const negative = sample < 0;
  // 14 bits, as G.711 counts; the bias of 33 makes each segment begin at a power of two.
  const magnitude = Math.min((negative ? -sample : sample) >> 2, 8158) + 33;
  const segment = 31 - Math.clz32(magnitude) - 5;
  const code = (segment << 4) | ((magnitude >> (segment + 1)) & 0x0f);
  return ~(negative ? code | 0x80 : code) & 0xff;
}

function linearToALaw(sample: number): number {
  const negative = sample < 0;
  // 13 bits with sign; the negative side is shifted by one so that both sides have equal steps.
  const magnitude = negative ? (-sample - 1) >> 3 : sample >> 3;
  const segment = magnitude < 32 ? 0 : 31 - Math.clz32(magnitude) - 4;
  const code = (segment << 4) | (segment < 2 ? (magnitude >> 1) & 0x0f : (magnitude >> segment) & 0x0f);
  return (negative ? code : code | 0x80) ^ 0x55;
}

class G711Tables {
  readonly decode = new Int16Array(256);
  /** Indexed by the sample's 16 bits read as unsigned. */
  readonly encode = new Uint8Array(65_536);

  constructor(toLinear: (code: number) => number, fromLinear: (sample: number) => number) {
    for (let code = 0; code < 256; code++) this.decode[code] = toLinear(code);
    for (let sample = -32_768; sample < 32_768; sample++) this.encode[sample & 0xffff] = fromLinear(sample);
  }
}

const TABLES: Readonly<Record<G711Codec, G711Tables>> = {
  PCMU: new G711Tables(muLawToLinear, linearToMuLaw),
  PCMA: new G711Tables(aLawToLinear, linearToALaw),
};

/** The look-up table itself, for loops that cannot afford a call: linear sample of each code. */
export const decodeTable = (codec: G711Codec): Int16Array => TABLES[codec].decode;
/** Code of each linear sample, indexed by `sample & 0xffff`. */
export const encodeTable = (codec: G711Codec): Uint8Array => TABLES[codec].encode;

function transcodeTableOf(from: G711Codec, to: G711Codec): Uint8Array {
  return Uint8Array.from(TABLES[from].decode, (sample) => TABLES[to].encode[sample & 0xffff]!);
}
const TRANSCODE: Readonly<Record<G711Codec, Uint8Array>> = {
  PCMU: transcodeTableOf('PCMU', 'PCMA'),
  PCMA: transcodeTableOf('PCMA', 'PCMU'),
};

/** Code in the other law of each code of `from`. */
export const transcodeTable = (from: G711Codec): Uint8Array => TRANSCODE[from];

/** The code of a silent sample, as most equipment sends it. */
export const silenceCode = (codec: G711Codec): number => TABLES[codec].encode[0]!;

export function encodeG711(
  codec: G711Codec,
  pcm: Int16Array,
  into: Uint8Array = new Uint8Array(pcm.length),
): Uint8Array {
  const table = TABLES[codec].encode;
  for (let n = 0; n < pcm.length; n++) into[n] = table[pcm[n]! & 0xffff]!;
  return into;
}

export function decodeG711(
  codec: G711Codec,
  codes: Uint8Array,
  into: Int16Array = new Int16Array(codes.length),
): Int16Array {
  const table = TABLES[codec].decode;
  for (let n = 0; n < codes.length; n++) into[n] = table[codes[n]!]!;
  return into;
}
