import js from '@eslint/js';
import tseslint from 'typescript-eslint';
import { fileName } from './lint/file-name.js';
import { importLadder, LADDER } from './lint/import-ladder.js';
import { noImportCycle } from './lint/no-import-cycle.js';

/** Packages that one folder alone may use, and why. */
const PACKAGES = [
  { name: 'libsodium-wrappers', only: ['crypto'], message: 'Cryptography is plain functions on bytes, in src/crypto.' },
  { name: 'libsodium', only: ['crypto'], message: 'Cryptography is plain functions on bytes, in src/crypto.' },
  { name: '@node-rs/argon2', only: ['crypto'], message: 'Cryptography is plain functions on bytes, in src/crypto.' },
  { name: 'pg', only: ['platform'], message: 'A connection of one’s own has no site and no transaction: use RecordsDatabase or KeysDatabase.' },
  { name: 'typeorm', only: ['platform'], message: 'A data source of one’s own has no site and no transaction: use RecordsDatabase or KeysDatabase.' },
];

/** The key store decides until when anything opens. */
const KEY_STORE = {
  group: ['**/platform/keys-database.js', '**/platform/keys-tx.js'],
  message: 'The key store has no row security behind it: only the vault and the purge run use it.',
};
const KEY_STORE_USERS = ['platform', 'vault', 'retention'];

const TICKETS = {
  selector: "MemberExpression[object.name='AccessTicket'][property.name='issue']",
  message: 'Only src/access issues access tickets, since it writes the log entry in the same step.',
};
const DEFAULT_EXPORT = { selector: 'ExportDefaultDeclaration', message: 'Named exports: a thing has one name everywhere.' };
const CLOCK = 'Time comes from the Clock (src/platform/clock.ts), so that a test or a demonstration can set it.';
const TIME = [
  { selector: "MemberExpression[object.name='Date'][property.name='now']", message: CLOCK },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: CLOCK },
  { selector: "CallExpression[callee.name='Date']", message: CLOCK },
];

const CODE = ['src/**/*.{ts,tsx}', 'migrations/**/*.ts', 'bench/**/*.ts', 'test/**/*.{ts,tsx}'];

/** What one folder may not import, and which syntax it may not use: one entry each, since a later one replaces an earlier. */
function folderRules(folder) {
  const paths = PACKAGES.filter(({ only }) => !only.includes(folder)).map(({ name, message }) => ({ name, message }));
  const patterns = KEY_STORE_USERS.includes(folder) ? [] : [KEY_STORE];
  return {
    name: `thinfile/${folder}`,
    files: [`src/${folder}/**/*.{ts,tsx}`],
    rules: {
      'no-restricted-imports': ['error', { paths, patterns }],
      'no-restricted-syntax': ['error', DEFAULT_EXPORT, ...TIME, ...(folder === 'access' ? [] : [TICKETS])],
    },
  };
}

export default tseslint.config(
  { ignores: ['dist/', 'coverage/', 'var/', 'node_modules/'] },
  js.configs.recommended,
  { files: ['**/*.js'], languageOptions: { globals: { process: 'readonly', console: 'readonly', performance: 'readonly' } } },
  ...tseslint.configs.recommended.map((config) => ({ ...config, files: CODE })),
  {
    name: 'types',
    files: CODE,
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-extraneous-class': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-control-regex': 'off', // refusing control characters takes naming them
      'no-console': 'error',
    },
  },
  { files: ['test/**', 'bench/**', 'src/*.ts'], rules: { 'no-console': 'off' } },
  {
    name: 'thinfile/files',
    files: CODE,
    plugins: { thinfile: { rules: { 'file-name': fileName, 'import-ladder': importLadder, 'no-import-cycle': noImportCycle } } },
    rules: {
      'thinfile/file-name': 'error',
      'thinfile/import-ladder': 'error',
      'thinfile/no-import-cycle': 'error',
      'max-lines': ['error', { max: 250 }],
    },
  },
  {
    name: 'thinfile/joined',
    files: ['src/*.{ts,tsx}'],
    rules: { 'no-restricted-syntax': ['error', DEFAULT_EXPORT, ...TIME, TICKETS] },
  },
  ...LADDER.map(([folder]) => folderRules(folder)),
  {
    name: 'thinfile/clock',
    files: ['src/platform/clock.ts'],
    rules: { 'no-restricted-syntax': ['error', DEFAULT_EXPORT, TICKETS] },
  },
);
