import { project } from '../../../vitest.shared.ts';

// The servers are two more processes that the test does not own the pace of: what a busy moment spoils is tried again, a defect fails each time.
export default project('channel-drachtio', { fileParallelism: false, hookTimeout: 60_000, retry: 2 });
