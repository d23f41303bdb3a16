import { pureProject } from '../../../vitest.shared.ts';

export default pureProject('fax');
