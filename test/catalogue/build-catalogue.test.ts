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

class Grown {
  @Field({ ...CITY, since: 3 })
  before?: string;
  @Field(CITY)
  city?: string;
  @Field({ ...CITY, since: 2, maxCharacters: 20 })
  between?: string;
  @Field(CITY)
  town?: string;
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

  it('gives each version the fields that it had, in the catalogue’s order, numbered anew', () => {
    const built = buildCatalogue({ ...plan, version: 3, groups: { address: Grown } });
    const namesIn = (version?: number) => built.cells('address', version).map(({ field, number }) => `${number} ${field.name}`);
    expect(namesIn(1)).toEqual(['0 city', '1 town']);
    expect(namesIn(2)).toEqual(['0 city', '1 between', '2 town']);
    expect(namesIn(3)).toEqual(['0 before', '1 city', '2 between', '3 town']);
    expect(namesIn()).toEqual(namesIn(3));
    expect([1, 2, 3, undefined].map((version) => built.cellWidths('address', 0, version))).toEqual([
      [42, 42],
      [42, 82, 42],
      [42, 42, 82, 42],
      [42, 42, 82, 42],
    ]);
  });

  it('knows no version before the first, between two, or after the newest', () => {
    const built = buildCatalogue({ ...plan, version: 3, groups: { address: Grown } });
    for (const version of [0, -1, 1.5, 4, Number.NaN]) {
      expect(() => built.cells('address', version)).toThrow(RangeError);
      expect(() => built.cellWidths('address', 0, version)).toThrow(RangeError);
    }
  });

  it('throws on a field of a version that there is not, naming it', () => {
    expect(() => buildCatalogue({ ...plan, version: 2, groups: { address: Grown } })).toThrow('address.before');
    for (const since of [0, 1.5, Number.NaN]) {
      class Odd {
        @Field({ ...CITY, since })
        city?: string;
      }
      expect(() => buildCatalogue({ ...plan, version: 2, groups: { address: Odd } })).toThrow('address.city');
    }
  });
});

/** Frozen: whoever wants another layout declares a field with the next version as its `since`. */
const VERSIONS = [
  { version: 1, cells: 266, digest: '8ef4ed2d9f062056d5bf34abda70d0ff9484c8c97037833d39c23b9f9e6b0d1c' },
  { version: 2, cells: 268, digest: '6b72fa360ebf8ba5bf360468add926ed168a416caa7fd35d1aff6cc16ef7b83e' },
];

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
      for (const cells of [catalogue.cells(name, 1), catalogue.cells(name)]) expect(cells.map(({ number }) => number)).toEqual(cells.map((_, at) => at));
    }
    expect(new Set(catalogue.cells('household').map(({ slot }) => slot)).size).toBe(12);
    expect(catalogue.cells('documents')).toEqual([]);
    expect(catalogue.cells('credentials').filter(({ field }) => field.path === 'household.taxpayerId')).toHaveLength(12);
  });

  it('tells the widths of a section’s cells from its length', () => {
    for (const name of RETENTION_CLASSES) {
      for (const version of [1, 2]) {
        const widths = catalogue.cells(name, version).map(({ width }) => width);
        const length = widths.reduce((sum, width) => sum + width, sectionOverhead(widths.length));
        expect(catalogue.cellWidths(name, length, version)).toEqual(widths);
      }
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

  it.each(VERSIONS)('has $cells cells in version $version, which never change: neither path nor width nor order', ({ version, cells, digest }) => {
    const layout = CLASSES_FROM_THE_START.flatMap((name) => layoutOf(name, version));
    expect({ cells: layout.length, digest: createHash('sha256').update(layout.join('\n')).digest('hex') }).toEqual({ cells, digest });
    // Came later, into a class of its own: nothing that was sealed before is read otherwise.
    expect(layoutOf(PREPARER_LIST, version)).toEqual([
      'preparer_list 0 preparerList.name 1230',
      'preparer_list 1 preparerList.taxpayerId 13',
      'preparer_list 2 preparerList.taxYear 6',
      'preparer_list 3 preparerList.returnType 9',
      'preparer_list 4 preparerList.preparedBy 482',
    ]);
  });

  it('has in its newest version every field', () => {
    expect(VERSIONS.at(-1)!.version).toBe(catalogue.version);
    const inCells = new Set(RETENTION_CLASSES.flatMap((name) => catalogue.cells(name).map(({ field }) => field.path)));
    expect([...inCells].sort()).toEqual(catalogue.fields.map(({ path }) => path).sort());
  });
});

function layoutOf(name: RetentionClass, version: number): readonly string[] {
  return catalogue.cells(name, version).map(({ path, width, number }) => `${name} ${number} ${path} ${width}`);
}
