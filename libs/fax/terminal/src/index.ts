export { detectFaxLibrary, FAX_LIBRARY, type FaxLibrary } from './library.js';
export { Spandsp } from './spandsp.js';
export {
  AudioTerminal,
  FRAME_SAMPLES,
  PacketTerminal,
  type T38Limits,
  type TerminalEnd,
  type TerminalEvents,
  type TerminalRequest,
} from './terminal.js';
