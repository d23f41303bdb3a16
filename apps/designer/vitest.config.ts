import { project } from '../../vitest.shared.ts';

export default project('designer', { include: ['src/**/*.test.ts', 'src/**/*.test.tsx'] });
