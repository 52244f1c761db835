import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { ANSWER_GROUPS, Answers } from '../../src/catalogue/answers.js';
import { buildCatalogue } from '../../src/catalogue/build-catalogue.js';
import { catalogue } from '../../src/catalogue/catalogue.js';
import { Field } from '../../src/catalogue/field.js';
import { CLASSES_FROM_THE_START, PREPARER_LIST, RETENTION_CLASSES, type RetentionClass } from '../../src/catalogue/retention-class.js';
import { sectionOverhead } from '../../src/crypto/section-cipher.js';

const CITY = {
  kind: 'text',
  maxCharacters: 10,
  class: 'address',
  label: { en: 'City', es: 'Ciudad' },
  why: { en: 'Mail', es: 'Correo' },
  source: { form: 'Not on an IRS form' },
} as const;

class Undeclared {
  @Field(CITY)
  city?: string;
  passport?: string;
}

class WrongType {
  @Field(CITY)
  city?: number;
}

const plan = { version: 1, formYear: 2025 };

describe('buildCatalogue', () => {
  it('throws on a property that no one declared, naming it', () => {
    expect(() => buildCatalogue({ ...plan, groups: { address: Undeclared } })).toThrow('Undeclared.passport');
  });

  it('throws on a property whose type is not its kind’s', () => {
    expect(() => buildCatalogue({ ...plan, groups: { address: WrongType } })).toThrow('WrongType.city');
  });

  it('throws on a declaration that a fresh object does not show, as under other compiler settings', () => {
    class Hidden {}
    Field(CITY)(Hidden.prototype, 'city');
    expect(() => buildCatalogue({ ...plan, groups: { address: Hidden } })).toThrow('useDefineForClassFields');
  });

  it('sees every property under the compiler of the build too, not only under that of these tests', () => {
    const { config } = ts.readConfigFile('tsconfig.json', (path) => readFileSync(path, 'utf8')) as { config: { compilerOptions: unknown } };
    const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, '.');
    const source = 'class Sample { declared?: string; forgotten?: string }';
    const { outputText } = ts.transpileModule(source, { compilerOptions: { ...options, module: ts.ModuleKind.ESNext, sourceMap: false } });
    const names: unknown = new Function(`${outputText.replace(/^export .*$/m, '')}; return Object.keys(new Sample());`)();
    expect(names).toEqual(['declared', 'forgotten']);
  });

  it('throws on a field that is declared twice', () => {
    class Twice {}
    Field(CITY)(Twice.prototype, 'city');
    expect(() => Field(CITY)(Twice.prototype, 'city')).toThrow('declared twice');
  });
});

describe('the catalogue', () => {
  it('has the groups of the API', () => {
    expect(Object.keys(new Answers())).toEqual(Object.keys(ANSWER_GROUPS));
  });

  it('says of every field what it is called, why it is asked, and from where, in both languages', () => {
    for (const { path, label, why, hint, source, choices } of catalogue.fields) {
      for (const words of [label, why, ...(hint ? [hint] : []), ...(choices ?? []).map((choice) => choice.label)]) {
        expect({ path, en: words.en.trim().length > 1, es: words.es.trim().length > 1 }).toEqual({ path, en: true, es: true });
      }
      expect(source.form).toBeTruthy();
    }
  });

  it('puts fields into classes, not groups', () => {
    const classOf = (path: string) => catalogue.byPath(path)?.class;
    expect(classOf('taxpayer.firstName')).toBe('identity');
    expect(classOf('spouse.fullTimeStudent')).toBe('situation');
    expect(classOf('taxpayer.hasIdentityProtectionPin')).toBe('situation');
    expect(classOf('household.fullTimeStudent')).toBe('household');
    expect(classOf('household.taxpayerId')).toBe('credentials');
    expect(classOf('bank.accountType')).toBe('credentials');
    expect(classOf('situation.maritalStatus')).toBe('situation');
    expect(classOf('taxpayer.usCitizen')).toBeUndefined();
  });

  it('numbers the cells of a class from zero, twelve places for the household, none for papers', () => {
    for (const name of RETENTION_CLASSES) {
      expect(catalogue.cells(name).map(({ number }) => number)).toEqual(catalogue.cells(name).map((_, at) => at));
    }
    expect(new Set(catalogue.cells('household').map(({ slot }) => slot)).size).toBe(12);
    expect(catalogue.cells('documents')).toEqual([]);
    expect(catalogue.cells('credentials').filter(({ field }) => field.path === 'household.taxpayerId')).toHaveLength(12);
  });

  it('tells the widths of a section’s cells from its length', () => {
    for (const name of RETENTION_CLASSES) {
      const widths = catalogue.cells(name).map(({ width }) => width);
      const length = widths.reduce((sum, width) => sum + width, sectionOverhead(widths.length));
      expect(catalogue.cellWidths(name, length)).toEqual(widths);
    }
    const overhead = sectionOverhead(1);
    expect([1024, 2048, 4096, 8192, 16384].map((width) => catalogue.cellWidths('notes', overhead + width))).toEqual([
      [1024],
      [2048],
      [4096],
      [8192],
      [16384],
    ]);
    for (const length of [0, overhead, overhead + 1025, overhead + 32768])
      expect(catalogue.cellWidths('notes', length)).toEqual([1024]);
  });

  it('is laid out as version 1 is: a change of any cell, width or order needs a new version', () => {
    const layout = CLASSES_FROM_THE_START.flatMap(layoutOf);
    const digest = createHash('sha256').update(layout.join('\n')).digest('hex');
    expect({ version: catalogue.version, cells: layout.length, digest }).toEqual(VERSION_1);
    // Came later, into a class of its own: nothing that was sealed before is read otherwise.
    expect(layoutOf(PREPARER_LIST)).toEqual([
      'preparer_list 0 preparerList.name 1230',
      'preparer_list 1 preparerList.taxpayerId 13',
      'preparer_list 2 preparerList.taxYear 6',
      'preparer_list 3 preparerList.returnType 9',
      'preparer_list 4 preparerList.preparedBy 482',
    ]);
  });
});

function layoutOf(name: RetentionClass): readonly string[] {
  return catalogue.cells(name).map(({ path, width, number }) => `${name} ${number} ${path} ${width}`);
}

const VERSION_1 = {
  version: 1,
  cells: 266,
  digest: '8ef4ed2d9f062056d5bf34abda70d0ff9484c8c97037833d39c23b9f9e6b0d1c',
};
