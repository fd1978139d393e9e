import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const nodeGlobals = ['AbortSignal', 'URL', 'clearInterval', 'clearTimeout', 'console', 'fetch', 'module', 'performance', 'process', 'setInterval', 'setTimeout'];
const browserGlobals = ['AbortController', 'Headers', 'Node', 'TextDecoder', 'URL', 'URLSearchParams', 'addEventListener', 'clearTimeout', 'createImageBitmap', 'document', 'fetch', 'location', 'performance', 'sessionStorage', 'setTimeout'];

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', '.viewpoints/', 'openapi/api-types.ts'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: 'only-allowed-literals' }],
      'no-restricted-syntax': [
        'error',
        { selector: "MemberExpression[object.name='process'][property.name='env']", message: 'Read the environment in src/config only.' },
      ],
    },
  },
  { files: ['src/config/**/*.ts', 'test/**/*.ts', 'openapi/**/*.ts'], rules: { 'no-restricted-syntax': 'off' } },
  // node:test's test() and describe() return promises that the runner awaits itself.
  { files: ['test/**/*.ts'], rules: { '@typescript-eslint/no-floating-promises': ['error', { allowForKnownSafeCalls: [{ from: 'package', name: ['test', 'describe', 'it', 'before', 'after', 'beforeEach', 'afterEach'], package: 'node:test' }] }] } },
  { files: ['**/*.mjs', '**/*.js', '**/*.cjs'], ignores: ['src/dashboard/**'], languageOptions: { globals: Object.fromEntries(nodeGlobals.map((name) => [name, 'readonly'])) } },
  { files: ['src/dashboard/**/*.js'], languageOptions: { globals: Object.fromEntries(browserGlobals.map((name) => [name, 'readonly'])) } },
);
