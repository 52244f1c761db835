import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { answersToCells, cellsToAnswers, decodeCell, encodeCell } from '../../src/catalogue/cell-codec.js';
import { catalogue } from '../../src/catalogue/catalogue.js';
import { RETENTION_CLASSES } from '../../src/catalogue/retention-class.js';
import { totalWidth } from '../../src/crypto/padded-cells.js';
import { apart, joined } from '../support/cells.js';
import { keptAnswers, valueOf } from './answer-arbitraries.js';
import { refused } from './refused.js';

const fieldOf = (path: string) => {
  const field = catalogue.byPath(path);
  if (!field) throw new Error(path);
  return field;
};

describe('a cell', () => {
  it.each(catalogue.fields.map((field) => [field.path, field] as const))(
    'of %s gives back what was put in, as wide as a blank',
    (_path, field) => {
      expect(decodeCell(field, encodeCell(field, undefined))).toBeUndefined();
      expect(encodeCell(field, undefined)).toHaveLength(field.width);
      fc.assert(
        fc.property(valueOf(field), (value) => {
          const cell = encodeCell(field, value);
          expect(decodeCell(field, cell)).toBe(value);
          if (field.kind !== 'longText') expect(cell).toHaveLength(field.width);
        }),
        { numRuns: 25 },
      );
    },
  );

  it('holds the longest text there may be, in any script', () => {
    for (const field of catalogue.fields.filter(({ kind }) => ['name', 'text', 'longText'].includes(kind))) {
      const longest = '🙂'.repeat(field.maxCharacters);
      expect(decodeCell(field, encodeCell(field, longest))).toBe(longest);
      expect(() => encodeCell(field, `${longest}${'🙂'.repeat(field.maxCharacters)}`)).toThrow(RangeError);
    }
  });

  it('keeps yes and no equally wide, and both apart from a blank', () => {
    const field = fieldOf('taxpayer.legallyBlind');
    expect([...encodeCell(field, true)]).toEqual([0, 5, ...Buffer.from('true'), 0]);
    expect([...encodeCell(field, false)]).toEqual([0, 6, ...Buffer.from('false')]);
    expect([...encodeCell(field, undefined)]).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });

  it('pads a long text to a power of two, from 1024', () => {
    const field = fieldOf('notes.text');
    const widthOf = (characters: number) => encodeCell(field, 'n'.repeat(characters)).length;
    expect([1, 1022, 1023, 2046, 2047, 4000].map(widthOf)).toEqual([1024, 1024, 2048, 2048, 4096, 4096]);
    expect(encodeCell(field, '🙂'.repeat(4000))).toHaveLength(16384);
    expect(field.maxWidth).toBe(16384);
  });

  it('does not open what encodeCell cannot have written', () => {
    const field = fieldOf('taxpayer.suffix');
    const cell = encodeCell(field, 'Jr');
    const altered = (at: number, byte: number) => cell.map((old, i) => (i === at ? byte : old));
    const wrong = [
      altered(cell.length - 1, 1), // padding
      altered(0, 255), // a length past the end
      altered(1, 2), // shorter: what follows is padding that is not zero
      altered(2, 0xff), // not UTF-8
      cell.subarray(1),
      new Uint8Array(cell.length + 1),
      new Uint8Array(1),
      new Uint8Array(0),
    ];
    for (const bytes of wrong) {
      expect(refused(() => decodeCell(field, bytes))).toMatchObject({
        code: 'SECTION_NOT_AUTHENTIC',
        fields: ['taxpayer.suffix'],
      });
    }
    const boolean = fieldOf('taxpayer.legallyBlind');
    expect(refused(() => decodeCell(boolean, Uint8Array.from([0, 4, 121, 101, 115, 0, 0]))).code).toBe('SECTION_NOT_AUTHENTIC');
    const number = fieldOf('household.monthsLivedInHome');
    expect(refused(() => decodeCell(number, Uint8Array.from([0, 3, 48, 55]))).code).toBe('SECTION_NOT_AUTHENTIC');
  });

  it('reads a cell that lies inside a larger buffer', () => {
    const field = fieldOf('taxpayer.suffix');
    const cell = encodeCell(field, 'Sr');
    const inside = new Uint8Array(cell.length + 7);
    inside.set(cell, 7);
    expect(decodeCell(field, inside.subarray(7))).toBe('Sr');
  });

  it('does not take a value of another type', () => {
    expect(() => encodeCell(fieldOf('taxpayer.legallyBlind'), 'true')).toThrow(TypeError);
  });
});

describe('a section', () => {
  it('gives back any answers, class by class, and is always as long', () => {
    const lengths = new Map(RETENTION_CLASSES.map((name) => [name, catalogue.cells(name).map(({ width }) => width)]));
    fc.assert(
      fc.property(keptAnswers, (given) => {
        const read = RETENTION_CLASSES.reduce((into, name) => {
          const cells = answersToCells(given, name);
          expect(cells.bytes).toHaveLength(totalWidth(cells.widths));
          if (name !== 'notes') expect(cells.widths).toEqual(lengths.get(name));
          return cellsToAnswers(catalogue.cells(name), cells, into);
        }, {});
        expect(read).toEqual(given);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps each number with its person when only numbers are opened', () => {
    const given = { household: [{ firstName: 'Ada' }, { firstName: 'Bo', taxpayerId: '123-00-4567' }] };
    expect(cellsToAnswers(catalogue.cells('credentials'), answersToCells(given, 'credentials'))).toEqual({
      household: [{}, { taxpayerId: '123-00-4567' }],
    });
  });

  it('leaves out what was not opened', () => {
    const cells = apart(answersToCells({ contact: { phone: '2025550101', email: 'a@example.org' } }, 'contact'));
    const phone = catalogue.cells('contact').find(({ path }) => path === 'contact.phone')!;
    expect(cellsToAnswers([phone], joined([cells[phone.number]!]))).toEqual({ contact: { phone: '2025550101' } });
  });
});
