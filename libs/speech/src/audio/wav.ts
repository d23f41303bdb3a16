export interface WavAudio {
  readonly rateHz: number;
  readonly pcm: Int16Array;
}

/**
 * Reads what a speech program writes to a pipe: mono 16-bit PCM in RIFF/WAVE whose lengths may be wrong, because they were written before the
 * audio was made; the data chunk then goes to the end. Undefined: something else.
 */
export function readPipedWav(bytes: Uint8Array): WavAudio | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const name = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (bytes.length < 12 || name(0) !== 'RIFF' || name(8) !== 'WAVE') return undefined;
  let rateHz = 0;
  for (let at = 12; at + 8 <= bytes.length;) {
    const length = view.getUint32(at + 4, true);
    const body = at + 8;
    if (name(at) === 'data') {
      if (rateHz === 0) return undefined;
      const end = Math.min(bytes.length, body + length);
      // A copy begins at an even place; the machines of today are little-endian, as the file is.
      const samples = new Uint8Array(bytes.subarray(body, end - ((end - body) & 1)));
      return { rateHz, pcm: new Int16Array(samples.buffer) };
    }
    if (name(at) === 'fmt ') {
      if (body + 16 > bytes.length) return undefined;
      const [format, channels, bits] = [
        view.getUint16(body, true),
        view.getUint16(body + 2, true),
        view.getUint16(body + 14, true),
      ];
      if (format !== 1 || channels !== 1 || bits !== 16) return undefined;
      rateHz = view.getUint32(body + 4, true);
      if (rateHz < 4000 || rateHz > 192_000) return undefined;
    }
    at = body + length + (length & 1);
  }
  return undefined;
}
