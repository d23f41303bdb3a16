import { project } from '../../../vitest.shared.ts';

/** Real sockets, threads and time: what a busy moment spoils is tried again, and a defect fails each time. */
export default project('channel-embedded', { retry: 2 });
