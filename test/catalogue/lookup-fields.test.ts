import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { AnswersPatch } from '../../src/catalogue/answers.js';
import { catalogue } from '../../src/catalogue/catalogue.js';
import { isSaid, lookupPaths, lookupQuery, lookupValues, nameForSearch } from '../../src/catalogue/lookup-fields.js';
import { answers } from './answer-arbitraries.js';
import { refused } from './refused.js';

describe('what can be searched for', () => {
  it('is always six values in the same order, of the classes they die with', () => {
    const shape = lookupValues({}).map(({ slot, field, class: of }) => ({ slot, field, of }));
    expect(shape.map(({ slot }) => slot)).toEqual([0, 1, 2, 3, 4, 5]);
    fc.assert(
      fc.property(answers, (given) => {
        expect(lookupValues(given).map(({ slot, field, class: of }) => ({ slot, field, of }))).toEqual(shape);
      }),
      { numRuns: 30 },
    );
    for (const { field, of } of shape) {
      for (const path of lookupPaths(field)) expect(catalogue.byPath(path)?.class).toBe(of);
    }
  });

  it('is found however it is typed', () => {
    const values = lookupValues({
      taxpayer: { lastName: 'O’Brien-Núñez', dateOfBirth: '1990-02-03', taxpayerId: '123-00-4567' },
      contact: { spousePhone: '2025550101' },
    });
    const found = (body: unknown) => {
      const { field, value } = lookupQuery(body);
      return values.filter((one) => one.field === field && one.value === value).map(({ slot }) => slot);
    };
    expect(found({ taxpayerId: '123004567' })).toEqual([0]);
    expect(found({ phone: '+1 (202) 555-0101' })).toEqual([3]);
    expect(found({ lastName: 'obrien nunez', dateOfBirth: '1990-02-03' })).toEqual([4]);
    expect(found({ lastName: "O'BRIEN NUÑEZ", dateOfBirth: '1990-02-03' })).toEqual([4]);
    expect(found({ lastName: 'Obrien', dateOfBirth: '1990-02-03' })).toEqual([]);
  });

  it.each([
    [{ taxpayer: { lastName: 'Sample' } }, [4]],
    [{ taxpayer: { dateOfBirth: null, jobTitle: 'Cook' } }, [4]],
    [{ taxpayer: { jobTitle: 'Cook' }, contact: { email: null } }, []],
    [{ taxpayer: { taxpayerId: null }, spouse: { taxpayerId: '123-00-4567' } }, [0, 1]],
    [{ contact: { phone: '2025550101' } }, [2, 3]],
    [{ spouse: null, address: null }, [1, 5]],
    [{}, []],
  ])('was spoken of in %j at the slots %j', (patch, slots) => {
    expect(lookupValues({}).filter((one) => isSaid(patch as AnswersPatch, one)).map(({ slot }) => slot)).toEqual(slots);
  });

  it.each([
    ['Đặng', 'dang'],
    ['Łukasz', 'LUKASZ'],
    ['Straße', 'STRASSE'],
    ['İnan', 'inan'],
    ['ΟΔΥΣΣΕΑΣ', 'οδυσσεας'],
    ['ʻOkina', 'Okina'],
    ['De La  Cruz', 'delacruz'],
    ['Zoë', 'Zoe\u0308'],
  ])('takes %p for %p', (one, other) => expect(nameForSearch(one)).toBe(nameForSearch(other)));

  it('does not fold one script into nothing', () => {
    for (const name of ['李', 'علي', 'Жуков', 'คำ']) expect(nameForSearch(name)).not.toBe('');
  });

  it.each([
    [undefined],
    [[]],
    [{}],
    [{ taxpayerId: '12' }],
    [{ taxpayerId: 123004567 }],
    [{ phone: '12' }],
    [{ lastName: 'Sample' }],
    [{ lastName: '---', dateOfBirth: '1990-01-01' }],
    [{ lastName: 'Sample', dateOfBirth: '1990-02-31' }],
    [{ taxpayerId: '123004567', phone: '2025550101' }],
    [{ taxpayerId: '123004567', page: 2 }],
  ])('refuses %j', (body) => {
    const { code, text } = refused(() => lookupQuery(body));
    expect(code).toBe('INVALID_INPUT');
    expect(text).not.toMatch(/123|Sample|1990/);
  });
});
