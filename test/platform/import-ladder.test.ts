import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Linter } from 'eslint';
// @ts-expect-error -- plain JavaScript
import configuration from '../../eslint.config.js';
// @ts-expect-error -- plain JavaScript
import { LADDER } from '../../lint/import-ladder.js';

const ROOT = join(import.meta.dirname, '..', '..');
const FOLDERS = (LADDER as [string, string][]).map(([folder]) => folder);

/** The project's own rules as the lint file has them, without those that need the compiler. */
const house = (configuration as Linter.Config[]).filter(({ name }) => name?.startsWith('thinfile/'));
const parsed = (configuration as Linter.Config[]).filter(({ name }) => name === 'typescript-eslint/base');

function complaints(file: string, code: string): string[] {
  const linter = new Linter({ configType: 'flat', cwd: ROOT });
  return linter.verify(code, [...parsed, ...house], { filename: join(ROOT, file) }).map(({ ruleId, message }) => `${ruleId}: ${message}`);
}

describe('the import ladder', () => {
  it('has a rung for every folder of the source', () => {
    const found = readdirSync(join(ROOT, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(FOLDERS).toEqual(expect.arrayContaining(found.map(({ name }) => name)));
  });

  for (const [level, from] of FOLDERS.entries()) {
    for (const [other, to] of FOLDERS.entries()) {
      const imports = `import { x } from '../${to}/x.js';\nexport const y = x;`;
      if (other > level) {
        it(`does not let ${from} import from ${to}`, () => {
          const [first, ...more] = complaints(`src/${from}/y.ts`, imports);
          expect(first).toMatch(new RegExp(`^thinfile/import-ladder: ${from} may not import from ${to}: \\w`));
          expect(more).toEqual([]);
        });
      } else {
        it(`lets ${from} import from ${to}`, () => expect(complaints(`src/${from}/y.ts`, imports)).toEqual([]));
      }
    }
  }

  it.each([
    ['a type', `import type { X } from '../web/x.js';\nexport type Y = X;`],
    ['an export', `export { x } from '../web/x.js';`],
    ['a whole module', `export * from '../web/x.js';`],
    ['an import at run time', `export const x = import('../web/x.js');`],
  ])('sees %s', (_, code) => expect(complaints('src/crypto/y.ts', code)).toHaveLength(1));

  it('does not let anything but the joining files import them, nor the service import tests and migrations', () => {
    expect(complaints('src/web/y.ts', `import { x } from '../main.js';\nexport const y = x;`)).toHaveLength(1);
    expect(complaints('src/web/pages/y.ts', `import { x } from '../../main.js';\nexport const y = x;`)).toHaveLength(1);
    expect(complaints('src/web/y.ts', `import { x } from '../../migrations/records/all.js';\nexport const y = x;`)).toHaveLength(1);
    expect(complaints('src/main.ts', `import { x } from '../test/support/x.js';\nexport const y = x;`)).toHaveLength(1);
    expect(complaints('src/main.ts', `import { x } from './web/x.js';\nimport { y } from '../migrations/records/all.js';\nexport const z = [x, y];`)).toEqual([]);
    expect(complaints('migrations/records/1-x.ts', `import { x } from '../../src/platform/x.js';\nexport const y = x;`)).toHaveLength(1);
  });
});

describe('what one folder alone may use', () => {
  it.each(['libsodium-wrappers', 'libsodium', '@node-rs/argon2'])('%s is for crypto', (name) => {
    const code = `import x from '${name}';\nexport const y = x;`;
    expect(complaints('src/crypto/y.ts', code)).toEqual([]);
    for (const folder of FOLDERS.filter((one) => one !== 'crypto')) expect(complaints(`src/${folder}/y.ts`, code)).toHaveLength(1);
  });

  it.each(['pg', 'typeorm'])('%s is for platform', (name) => {
    const code = `import x from '${name}';\nexport const y = x;`;
    expect(complaints('src/platform/y.ts', code)).toEqual([]);
    for (const folder of FOLDERS.filter((one) => one !== 'platform')) expect(complaints(`src/${folder}/y.ts`, code)).toHaveLength(1);
  });

  it.each(['keys-database', 'keys-tx'])('%s is for the vault and the purge run', (file) => {
    for (const folder of ['audit', 'access', 'intake', 'legal', 'web']) {
      expect(complaints(`src/${folder}/y.ts`, `import type { X } from '../platform/${file}.js';\nexport type Y = X;`)).toHaveLength(1);
    }
    for (const folder of ['vault', 'retention']) {
      expect(complaints(`src/${folder}/y.ts`, `import type { X } from '../platform/${file}.js';\nexport type Y = X;`)).toEqual([]);
    }
  });

  it('access tickets are issued by access', () => {
    const code = `import { AccessTicket } from '../vault/access-ticket.js';\nexport const x = AccessTicket.issue({});\nexport const { issue } = AccessTicket;`;
    expect(complaints('src/access/y.ts', code)).toEqual([]);
    for (const folder of ['vault', 'retention', 'intake', 'legal', 'web']) expect(complaints(`src/${folder}/y.ts`, code)).not.toEqual([]);
    expect(complaints('src/main.ts', code.replace('../', './'))).not.toEqual([]);
  });

  it.each(['Date.now()', 'new Date()', 'Date()'])('%s is for the clock', (expression) => {
    const code = `export const now = ${expression};`;
    expect(complaints('src/platform/clock.ts', code)).toEqual([]);
    for (const folder of FOLDERS) expect(complaints(`src/${folder}/y.ts`, code)).toHaveLength(1);
    expect(complaints('src/main.ts', code)).toHaveLength(1);
  });
});

describe('files', () => {
  it.each(['index.ts', 'utils.ts', 'helpers.ts', 'intake.service.ts', 'dateUtil.ts'])('are not called %s', (name) => {
    expect(complaints(`src/web/${name}`, 'export const x = 1;')).toEqual([`thinfile/file-name: ${name} does not say what the file holds.`]);
  });

  it('are not in a cycle', () => {
    expect(complaints('src/platform/open-databases.ts', `import { Settings } from './settings.js';\nexport const x = Settings;`)).toEqual([]);
    const [found] = complaints('src/platform/settings.ts', `import { connect } from './open-databases.js';\nexport const x = connect;`);
    expect(found).toMatch(/no-import-cycle: .*open-databases\.ts → .*settings\.ts/);
  });

  it('export by name, and fit on a few screens', () => {
    expect(complaints('src/web/y.ts', 'export default 1;')).toHaveLength(1);
    expect(complaints('src/web/y.ts', '\n'.repeat(251))).toHaveLength(1);
  });
});
