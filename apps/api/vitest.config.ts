import { project } from '../../vitest.shared.ts';

/** Not `import`: Vitest hands conditions on to Node, where they would make `require` find ES modules (pg-pool). */
const conditions = ['@callwright/source', 'node'];

export default {
  ...project('api', {
    globalSetup: ['src/testing/database.global-setup.ts'],
    pool: 'forks',
  }),
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  // Nest finds what to inject from the types of constructors.
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
};
