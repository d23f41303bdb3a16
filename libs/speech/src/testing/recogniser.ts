import koffi, { type LibraryHandle } from 'koffi';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resample } from '../audio/resample.js';

const MODEL = '/usr/share/pocketsphinx/model/en-us';

/** Writes down what it hears, out of a list of sentences: an ear for tests. Needs the Debian packages libpocketsphinx3 and pocketsphinx-en-us. */
export interface Recogniser {
  hear(pcm: Int16Array): string;
}

/** Undefined where pocketsphinx or its model is not installed. */
export function recogniser(sentences: readonly string[]): Recogniser | undefined {
  if (!existsSync(join(MODEL, 'en-us'))) return undefined;
  let sphinx: LibraryHandle;
  let base: LibraryHandle;
  try {
    base = koffi.load('libsphinxbase.so.3', { global: true });
    sphinx = koffi.load('libpocketsphinx.so.3');
  } catch {
    return undefined; // The ear is optional; the tests that need it say so when they are skipped.
  }
  base.func('void err_set_logfp(void *file)')(null);
  const configure = base.func('void *cmd_ln_init(void *config, void *definitions, int strict, ...)');
  const definitions: unknown = sphinx.func('void *ps_args(void)')();
  const init = sphinx.func('void *ps_init(void *config)');
  const setGrammar = sphinx.func('int ps_set_jsgf_string(void *decoder, const char *name, const char *grammar)');
  const setSearch = sphinx.func('int ps_set_search(void *decoder, const char *name)');
  const start = sphinx.func('int ps_start_utt(void *decoder)');
  const process = sphinx.func(
    'int ps_process_raw(void *decoder, void *samples, size_t count, int noSearch, int wholeUtterance)',
  );
  const end = sphinx.func('int ps_end_utt(void *decoder)');
  const hypothesis = sphinx.func('const char *ps_get_hyp(void *decoder, void *score)');

  const words = new Set(sentences.flatMap((sentence) => sentence.split(' ')));
  const dictionary = readFileSync(join(MODEL, 'cmudict-en-us.dict'), 'utf8')
    .split('\n')
    .filter((line) => words.has(/^[^\s(]+/.exec(line)?.[0] ?? ''));
  const folder = mkdtempSync(join(tmpdir(), 'ear-'));
  writeFileSync(join(folder, 'words.dict'), `${dictionary.join('\n')}\n`);
  const options = {
    '-hmm': join(MODEL, 'en-us'),
    '-dict': join(folder, 'words.dict'),
    '-logfn': '/dev/null',
    '-beam': '1e-120',
    '-wbeam': '1e-100',
    '-pbeam': '1e-120',
  };
  const args = Object.entries(options).flatMap(([name, value]) => ['str', name, 'str', value]);
  const decoder: unknown = init(configure(null, definitions, 0, ...args, 'void *', null));
  rmSync(folder, { recursive: true });
  setGrammar(decoder, 'sentences', `#JSGF V1.0; grammar sentences; public <sentence> = ${sentences.join(' | ')};`);
  setSearch(decoder, 'sentences');

  return {
    hear(pcm) {
      // The model knows 16 kHz alone, and a little noise where there would be nothing: dead silence upsets its measure of the background.
      const padded = new Int16Array(pcm.length + 4000);
      padded.set(pcm, 2000);
      const wide = resample(padded, 8000, 16_000).map((sample, at) => sample + ((at * 7919) % 17) - 8);
      start(decoder);
      process(decoder, wide, wide.length, 0, 1);
      end(decoder);
      return (hypothesis(decoder, Buffer.alloc(4)) as string | null) ?? '';
    },
  };
}
