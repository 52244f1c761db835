import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { randomBytes } from '../../src/crypto/random.js';
import { openSection, sealSection, sectionOverhead, type SectionPlace } from '../../src/crypto/section-cipher.js';
import { apart, joined } from '../support/cells.js';
import { refusalCode } from '../support/refusal-code.js';

const place: SectionPlace = {
  siteId: randomUUID(),
  intakeId: randomUUID(),
  classNumber: 2,
  catalogueVersion: 1,
  intakeVersion: 7,
};
const classKey = fc.uint8Array({ minLength: 32, maxLength: 32 });
const cells = fc.array(fc.uint8Array({ minLength: 1, maxLength: 60 }), { maxLength: 12 });

describe('section cipher', () => {
  it('opens what it sealed, whole or cell by cell', () => {
    fc.assert(
      fc.property(classKey, cells, (key, plain) => {
        const section = sealSection(key, place, joined(plain));
        const widths = plain.map((cell) => cell.length);
        expect(section.length).toBe(sectionOverhead(plain.length) + widths.reduce((a, b) => a + b, 0));
        expect(apart(openSection(key, place, section, widths))).toEqual(plain);
        for (const [number, cell] of plain.entries()) {
          expect(apart(openSection(key, place, section, widths, [number]))).toEqual([cell]);
        }
        const backwards = [...plain.keys()].reverse();
        expect(apart(openSection(key, place, section, widths, backwards))).toEqual([...plain].reverse());
      }),
      { numRuns: 50 },
    );
  });

  it('refuses every flipped bit, with a code for where it was', () => {
    const plain = [randomBytes(9), randomBytes(30)];
    const key = randomBytes(32);
    const section = sealSection(key, place, joined(plain));
    for (let bit = 0; bit < section.length * 8; bit++) {
      const changed = section.slice();
      changed[bit >> 3]! ^= 1 << (bit & 7);
      const at = bit >> 3;
      const expected = at < 4 ? 'FORMAT_UNKNOWN' : at < 43 ? 'CONTEXT_WRONG' : at < 107 ? 'COMMITMENT_WRONG' : 'NOT_AUTHENTIC';
      expect(refusalCode(() => openSection(key, place, changed, [9, 30]))).toBe(expected);
    }
  });

  it('refuses another site, intake, class, catalogue or version, even with the header rewritten to match', () => {
    const key = randomBytes(32);
    const section = sealSection(key, place, joined([randomBytes(5)]));
    const others: SectionPlace[] = [
      { ...place, siteId: randomUUID() },
      { ...place, intakeId: randomUUID() },
      { ...place, classNumber: 3 },
      { ...place, catalogueVersion: 2 },
      { ...place, intakeVersion: 6 },
    ];
    for (const other of others) {
      expect(refusalCode(() => openSection(key, other, section, [5]))).toBe('CONTEXT_WRONG');
      const forged = sealSection(key, other, joined([randomBytes(5)]));
      forged.set(section.subarray(43), 43); // the other place's header on this section's body
      expect(refusalCode(() => openSection(key, other, forged, [5]))).toBe('COMMITMENT_WRONG');
    }
  });

  it('refuses cells that changed places', () => {
    const key = randomBytes(32);
    const section = sealSection(key, place, joined([randomBytes(8), randomBytes(8)]));
    const swapped = section.slice();
    swapped.set(section.subarray(107, 131), 131);
    swapped.set(section.subarray(131, 155), 107);
    expect(refusalCode(() => openSection(key, place, swapped, [8, 8]))).toBe('NOT_AUTHENTIC');
  });

  it('refuses another key before it opens a cell, and a wrong length', () => {
    const section = sealSection(randomBytes(32), place, joined([randomBytes(5)]));
    expect(refusalCode(() => openSection(randomBytes(32), place, section, [5]))).toBe('COMMITMENT_WRONG');
    expect(refusalCode(() => openSection(randomBytes(32), place, section, [6]))).toBe('LENGTH_WRONG');
    expect(refusalCode(() => openSection(randomBytes(32), place, section.subarray(0, 50), [5]))).toBe('FORMAT_UNKNOWN');
  });

  it('seals equal answers into unequal bytes under a new salt every time', () => {
    const key = randomBytes(32);
    const cell = new Uint8Array(16);
    const sections = Array.from({ length: 500 }, () => sealSection(key, place, joined([cell, cell])));
    expect(new Set(sections.map((s) => Buffer.from(s.subarray(43, 75)).toString('hex'))).size).toBe(500);
    expect(new Set(sections.flatMap((s) => [s.subarray(107, 139), s.subarray(139, 171)].map((c) => Buffer.from(c).toString('hex')))).size).toBe(1000);
  });
});
