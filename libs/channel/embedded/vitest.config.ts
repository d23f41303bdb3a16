import { project } from '../../../vitest.shared.ts';

// Sound in real time: what a busy machine holds up is tried again, and told; a defect fails each time.
export default project('channel-embedded', { retry: 2 });
