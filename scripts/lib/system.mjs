import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/*
 * Which Debian package is needed for what. `found` asks the machine itself and not the package manager, so that it is quick
 * and also right where the thing was installed in another way.
 */

const command = (name) => () =>
  [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/bin', '/usr/bin'].some(
    (dir) => dir && existsSync(join(dir, name)),
  );

const LIBRARY_DIRS = [
  '/usr/lib/x86_64-linux-gnu',
  '/usr/lib/aarch64-linux-gnu',
  '/usr/local/lib',
  '/usr/lib64',
  '/usr/lib',
  '/lib',
];
const library = (name) => () => LIBRARY_DIRS.some((dir) => existsSync(join(dir, name)));

/** Compiling better-sqlite3 where no prebuilt binary can be fetched. */
export const BUILD_PACKAGES = [
  { package: 'g++', why: 'compiles the SQLite driver', found: command('g++') },
  { package: 'make', why: 'compiles the SQLite driver', found: command('make') },
  { package: 'python3', why: 'runs node-gyp', found: command('python3') },
];

/** The product runs without these; `off` is what does not work then. */
export const PRODUCT_PACKAGES = [
  {
    package: 'libspandsp2',
    why: 'fax, digits in the audio',
    found: library('libspandsp.so.2'),
    off: 'fax is off and digits in the audio are found by our own detector',
  },
  {
    package: 'libflite1',
    why: 'English speech',
    found: library('libflite.so.1'),
    off: 'English is spoken by espeak-ng',
  },
  {
    package: 'espeak-ng',
    why: 'speech in other languages',
    found: command('espeak-ng'),
    off: 'only English can be spoken',
  },
  {
    package: 'ffmpeg',
    why: 'uploads of MP3, Ogg and others; fax pages of pictures and text',
    found: command('ffmpeg'),
    off: 'only WAV files can be uploaded, and neither pictures nor text can be faxed',
  },
  {
    package: 'ghostscript',
    why: 'fax pages of PDF files',
    found: command('gs'),
    off: 'PDF files cannot be faxed',
  },
  {
    package: 'libtiff-tools',
    why: 'fax documents',
    found: command('tiffcp'),
    off: 'no document can be made ready for fax',
  },
  {
    package: 'fonts-dejavu-core',
    why: 'text on fax pages',
    found: () => existsSync('/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf'),
    off: 'text on fax pages is drawn in another font, or not at all',
  },
];

/** What the tests meet the product with: real phones, a real browser, a real database. */
export const TEST_PACKAGES = [
  { package: 'baresip-core', why: 'a real SIP phone', found: command('baresip') },
  { package: 'sip-tester', why: 'SIPp', found: command('sipp') },
  { package: 'chromium', why: 'a real browser', found: command('chromium') },
  { package: 'postgresql', why: 'the second database', found: () => existsSync('/usr/lib/postgresql') },
  { package: 'redis-server', why: 'several instances', found: command('redis-server') },
  { package: 'gcc', why: 'compiles the load generator', found: command('gcc') },
  { package: 'procps', why: 'looks at processes', found: command('ps') },
];

/** The folder that has `include/node`, or null: node-gyp then has to download the headers. */
export function nodeHeaders() {
  const prefix = dirname(dirname(process.execPath));
  return [prefix, '/usr', '/usr/local'].find((dir) => existsSync(join(dir, 'include/node/node_api.h'))) ?? null;
}
