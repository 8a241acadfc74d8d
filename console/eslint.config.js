import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const MADE = ['dist', 'src/api/schema.ts', 'src/generated'];

export default tseslint.config({ ignores: MADE }, js.configs.recommended, {
  files: ['**/*.{ts,tsx}'],
  extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
  plugins: { 'react-hooks': reactHooks },
  languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
  rules: {
    ...reactHooks.configs.recommended.rules,
    // Cloudscape by path keeps the first load small.
    'no-restricted-imports': [
      'error',
      {
        paths: [
          {
            name: '@cloudscape-design/components',
            message: 'Import the component by its path.',
            allowTypeImports: true,
          },
          {
            name: '@cloudscape-design/components/status-indicator',
            message: 'Take <Indicator>, which keeps words whole.',
            allowTypeImports: true,
          },
        ],
      },
    ],
    '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
    // Handlers of Cloudscape and of TanStack Query take promises.
    '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
    '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
  },
});
