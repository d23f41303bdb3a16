// @ts-check
/*
 * The thread that holds libflite. JavaScript, and without imports of ours, because a worker starts from a file: it is the same
 * file for the built project and for sources that a test runner transforms in memory.
 */
import koffi from 'koffi';
import { parentPort, workerData } from 'node:worker_threads';

/**
 * @typedef {{ id: number, text: string, voice: string, rate: number, pitch: number, rateHz: number }} Order
 * @typedef {{ id: number, pcm: Int16Array } | { id: number, failure: string }} Reply
 * @typedef {{ speak(order: Order): Int16Array, voices: string[] }} Flite
 */

/**
 * Never emptied: koffi unloads a library whose handle is collected, and the voices are data inside theirs.
 * @type {import('koffi').LibraryHandle[]}
 */
const loaded = [];

/**
 * @param {string} name
 * @param {{ global?: boolean }} options `global`: later libraries find its symbols
 */
function library(name, options = {}) {
  try {
    const handle = koffi.load(name, options);
    loaded.push(handle);
    return handle;
  } catch (error) {
    throw new Error(`${name}: ${textOf(error)}`, { cause: error });
  }
}

/**
 * Loads the library, the English front end and those voices that are there.
 * @param {readonly string[]} names
 * @returns {Flite}
 */
function load(names) {
  const flite = library('libflite.so.1', { global: true });
  library('libflite_usenglish.so.1', { global: true });
  library('libflite_cmulex.so.1', { global: true });

  const Wave = koffi.struct('cst_wave', {
    type: 'const char *',
    sample_rate: 'int',
    num_samples: 'int',
    num_channels: 'int',
    samples: 'void *',
  });
  const Voice = koffi.struct('cst_voice', {
    name: 'const char *',
    features: 'void *',
    ffunctions: 'void *',
    utt_init: 'void *',
  });
  const textToWave = flite.func('cst_wave *flite_text_to_wave(const char *text, void *voice)');
  const resample = flite.func('void cst_wave_resample(cst_wave *wave, int rate)');
  const deleteWave = flite.func('void delete_wave(cst_wave *wave)');
  const setFeature = flite.func('void feat_set_float(void *features, void *name, float value)');
  const feature = flite.func('float get_param_float(void *features, const char *name, float usual)');
  flite.func('int flite_init(void)')();
  const host = koffi.load(null);
  const seed = host.func('void srand(uint32_t seed)');
  const copy = host.func('void *memcpy(void *to, void *from, size_t bytes)');

  /** A voice keeps the *pointer* to a feature's name, so the names must outlive every call. @param {string} name */
  const kept = (name) => {
    const memory = koffi.alloc('char', name.length + 1);
    koffi.encode(memory, koffi.array('char', name.length + 1), `${name}\0`);
    return memory;
  };
  const STRETCH = kept('duration_stretch');
  const F0_MEAN = kept('int_f0_target_mean');
  const F0_SHIFT = kept('f0_shift');

  const voices = new Map();
  let absent = '';
  for (const name of names) {
    let code;
    try {
      code = library(`libflite_cmu_us_${name}.so.1`);
    } catch (error) {
      // A build of flite without this voice; the others will do.
      absent = textOf(error);
      continue;
    }
    const voice = code.func(`void *register_cmu_us_${name}(const char *directory)`)(null);
    const { features } = koffi.decode(voice, Voice);
    voices.set(name, {
      voice,
      features,
      stretch: feature(features, 'duration_stretch', 1),
      // Diphone voices (kal) have a target in Hz, the statistical ones a factor.
      f0Mean: feature(features, 'int_f0_target_mean', 0),
    });
  }
  if (voices.size === 0) throw new Error(absent);

  return {
    voices: [...voices.keys()],
    speak({ text, voice: name, rate, pitch, rateHz }) {
      const known = voices.get(name);
      if (!known) throw new Error(`no voice ${name}`);
      setFeature(known.features, STRETCH, known.stretch / rate);
      if (known.f0Mean > 0) setFeature(known.features, F0_MEAN, known.f0Mean * pitch);
      else setFeature(known.features, F0_SHIFT, pitch);
      // The breath of the statistical voices is noise from rand(); with one seed, equal words are equal samples.
      seed(1);
      const wave = textToWave(text, known.voice);
      if (!wave) throw new Error('flite_text_to_wave gave nothing');
      try {
        if (koffi.decode(wave, Wave).sample_rate !== rateHz) resample(wave, rateHz);
        const { samples, num_samples: length } = koffi.decode(wave, Wave);
        // Copied out by the library's own means: the wave is freed below, and no view of it may be left.
        const pcm = new Int16Array(length);
        if (length > 0) copy(pcm, samples, pcm.byteLength);
        return pcm;
      } finally {
        deleteWave(wave);
      }
    },
  };
}

/** @param {unknown} thrown */
const textOf = (thrown) => (thrown instanceof Error ? thrown.message : String(thrown));

const port = parentPort;
if (port) {
  /** @type {Flite | undefined} */
  let flite;
  try {
    flite = load(workerData.voices);
    port.postMessage({ voices: flite.voices });
  } catch (error) {
    port.postMessage({ missing: textOf(error) });
  }
  port.on('message', (/** @type {Order} */ order) => {
    if (!flite) return;
    try {
      const pcm = flite.speak(order);
      port.postMessage(/** @type {Reply} */ ({ id: order.id, pcm }), [/** @type {ArrayBuffer} */ (pcm.buffer)]);
    } catch (error) {
      port.postMessage(/** @type {Reply} */ ({ id: order.id, failure: textOf(error) }));
    }
  });
}
