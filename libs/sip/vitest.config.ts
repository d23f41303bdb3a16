import { pureProject } from '../../vitest.shared.ts';

export default pureProject('sip');
