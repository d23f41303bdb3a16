import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

/** What each layer may depend on. Read from the bottom: nothing points downwards. */
const layers = {
  kernel: [],
  expression: ['kernel'],
  fax: ['kernel'],
  contract: ['kernel', 'fax'],
  scenario: ['kernel', 'expression'],
  protocol: ['kernel'],
  service: ['kernel', 'fax'],
  nodes: ['kernel', 'expression', 'scenario', 'contract', 'fax'],
  runtime: ['kernel', 'expression', 'scenario', 'nodes', 'contract', 'fax'],
  // An adapter may stand on what another one says of calls and legs (`channel-embedded/calls`).
  adapter: ['kernel', 'contract', 'protocol', 'service', 'fax', 'adapter'],
  app: ['kernel', 'expression', 'contract', 'scenario', 'nodes', 'runtime', 'protocol', 'service', 'adapter', 'fax'],
  test: ['kernel', 'expression', 'contract', 'scenario', 'nodes', 'runtime', 'protocol', 'service', 'adapter', 'fax'],
};

export default tseslint.config(
  { ignores: ['**/dist', '**/node_modules', '.nx', '**/*.d.ts', '**/vite.config.ts', '**/vitest.config.ts'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx', '**/*.mjs'],
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        {
          allow: [],
          enforceBuildableLibDependency: false,
          depConstraints: [
            ...Object.entries(layers).map(([layer, may]) => ({
              sourceTag: `layer:${layer}`,
              onlyDependOnLibsWithTags: may.map((other) => `layer:${other}`),
            })),
            // A pure project sees pure projects alone; the page sees nothing that needs Node.
            { sourceTag: 'io:pure', onlyDependOnLibsWithTags: ['io:pure'] },
            { sourceTag: 'io:browser', onlyDependOnLibsWithTags: ['io:pure'] },
          ],
        },
      ],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  {
    files: ['**/src/**/*.ts', '**/src/**/*.tsx', 'test/**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  { files: ['scripts/**', 'apps/cli/**', 'test/**'], rules: { 'no-console': 'off' } },
  prettier,
);
