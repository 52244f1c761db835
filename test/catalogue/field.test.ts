import { describe, expect, it } from '@jest/globals';
import { validateSync } from 'class-validator';
import fc from 'fast-check';
import { ANSWER_GROUPS } from '../../src/catalogue/answers.js';
import { catalogue } from '../../src/catalogue/catalogue.js';
import { openApiOf } from '../../src/catalogue/open-api-of.js';
import { ASKED, valueOf } from './answer-arbitraries.js';
import { EVERYTHING, entered } from './households.js';

const WRONG = [{}, [], Symbol('x'), Number.NaN, '\u0000', -1, 'x'.repeat(20_000)];

describe('a declared field', () => {
  it('is checked by class-validator as by parseAnswers', () => {
    const anyField = fc.constantFrom(...ASKED).chain((field) => fc.tuple(fc.constant(field), valueOf(field)));
    fc.assert(
      fc.property(anyField, ([field, value]) => {
        const dto: object = Object.assign(new ANSWER_GROUPS[field.group](), { [field.name]: value });
        expect(validateSync(dto)).toEqual([]);
        const sent = { [field.name]: value };
        expect(entered({ [field.group]: field.group === 'household' ? [sent] : sent }, EVERYTHING)).toEqual({
          [field.group]: field.group === 'household' ? [sent] : sent,
        });
      }),
      { numRuns: 500 },
    );
  });

  it('refuses in class-validator what it is not, without saying what it was', () => {
    for (const field of catalogue.fields) {
      for (const value of WRONG) {
        const dto: object = Object.assign(new ANSWER_GROUPS[field.group](), { [field.name]: value });
        const [error] = validateSync(dto, { validationError: { target: false, value: false } });
        expect({ path: field.path, property: error?.property }).toEqual({ path: field.path, property: field.name });
      }
    }
  });

  it('has an OpenAPI schema with its type and bounds', () => {
    const schemaOf = (path: string) => openApiOf(catalogue.byPath(path)!.options);
    expect(schemaOf('household.monthsLivedInHome')).toMatchObject({ type: 'integer', minimum: 0, maximum: 12 });
    expect(schemaOf('bank.accountType')).toMatchObject({ type: 'string', enum: ['Checking', 'Savings'] });
    expect(schemaOf('taxpayer.dateOfBirth')).toMatchObject({ type: 'string', format: 'date', maxLength: 10 });
    expect(schemaOf('taxpayer.legallyBlind')).toMatchObject({ type: 'boolean' });
  });

  it('is read-only in OpenAPI where the service writes it, and there alone', () => {
    for (const { byService, options } of catalogue.fields) {
      const { readOnly, nullable, description } = openApiOf(options);
      expect({ readOnly, nullable }).toEqual(byService ? { readOnly: true } : { nullable: true });
      expect(description).toMatch(byService ? /is refused, null included/ : /Null clears it/);
    }
  });
});
