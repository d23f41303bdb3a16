/** The loudest sample (0 … 1) of each of so many stretches of a WAV file (16 bit, any number of channels). Null: it is none. */
export function peaksOf(file: ArrayBuffer, columns: number): Float32Array | null {
  const view = new DataView(file);
  const tag = (at: number) =>
    String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));
  if (file.byteLength < 44 || tag(0) !== 'RIFF' || tag(8) !== 'WAVE') return null;
  let channels = 1;
  for (let at = 12; at + 8 <= file.byteLength;) {
    const [name, size] = [tag(at), view.getUint32(at + 4, true)];
    if (name === 'fmt ') {
      if (view.getUint16(at + 8, true) !== 1 || view.getUint16(at + 22, true) !== 16) return null;
      channels = view.getUint16(at + 10, true);
    }
    if (name === 'data') return peaks(view, at + 8, Math.min(size, file.byteLength - at - 8), channels, columns);
    at += 8 + size + (size % 2);
  }
  return null;
}

function peaks(view: DataView, from: number, bytes: number, channels: number, columns: number): Float32Array {
  const samples = Math.floor(bytes / 2 / channels);
  const found = new Float32Array(columns);
  for (let sample = 0; sample < samples; sample += 1) {
    const column = Math.min(columns - 1, Math.floor((sample * columns) / samples));
    for (let channel = 0; channel < channels; channel += 1) {
      const value = Math.abs(view.getInt16(from + (sample * channels + channel) * 2, true)) / 32_768;
      if (value > (found[column] ?? 0)) found[column] = value;
    }
  }
  return found;
}
