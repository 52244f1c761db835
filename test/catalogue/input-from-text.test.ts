import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { catalogue } from '../../src/catalogue/catalogue.js';
import { inputFromText } from '../../src/catalogue/input-from-text.js';
import { parseAnswers } from '../../src/catalogue/parse-answers.js';
import { ASKED, valueOf } from './answer-arbitraries.js';
import { entered, EVERYTHING } from './households.js';
import { refused } from './refused.js';

const asSent = (group: string, values: object) => ({ [group]: group === 'household' ? [values] : values });

describe('what a form posts', () => {
  it('is read as the answer whose text it is', () => {
    const anyField = fc.constantFrom(...ASKED).chain((field) => fc.tuple(fc.constant(field), valueOf(field)));
    fc.assert(
      fc.property(anyField, ([field, value]) => {
        const posted = { [field.name]: inputFromText(field, String(value)) };
        expect(entered(asSent(field.group, posted))).toEqual(asSent(field.group, { [field.name]: value }));
      }),
      { numRuns: 300 },
    );
  });

  it('clears when it is blank, and is refused by name when it is no such value', () => {
    for (const field of catalogue.fields) expect(inputFromText(field, ' ')).toBeNull();
    const post = (path: string, text: string) => {
      const field = catalogue.byPath(path)!;
      return refused(() => parseAnswers(asSent(field.group, { [field.name]: inputFromText(field, text) }), EVERYTHING)).fields;
    };
    expect(post('taxpayer.legallyBlind', 'on')).toEqual(['taxpayer.legallyBlind']);
    expect(post('household.monthsLivedInHome', 'twelve')).toEqual(['household.0.monthsLivedInHome']);
  });
});
