import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { AnswersPatch } from '../../src/catalogue/answers.js';
import { mergeAnswers } from '../../src/catalogue/merge-answers.js';
import { answers } from './answer-arbitraries.js';

type Json = null | string | number | boolean | Json[] | { [key: string]: Json };

/** RFC 7396, section 2, word for word. */
function mergePatch(target: Json | undefined, patch: Json): Json {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
  const result: { [key: string]: Json } =
    typeof target === 'object' && target !== null && !Array.isArray(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete result[name];
    else result[name] = mergePatch(result[name], value);
  }
  return result;
}

const patches = fc.tuple(answers, fc.infiniteStream(fc.integer({ min: 0, max: 5 }))).map(([given, dice]): AnswersPatch => {
  const roll = () => dice.next().value === 0;
  const cleared = Object.entries(given).map(([group, values]) => {
    if (roll()) return [group, null];
    if (Array.isArray(values)) return [group, values];
    return [
      group,
      Object.fromEntries(Object.entries(values as object).map(([name, value]) => [name, roll() ? null : (value as unknown)])),
    ];
  });
  return Object.fromEntries(cleared) as AnswersPatch;
});

function holdsNull(value: unknown): boolean {
  return value === null || (typeof value === 'object' && Object.values(value).some(holdsNull));
}

describe('merging', () => {
  it('is RFC 7396, without empty groups', () => {
    fc.assert(
      fc.property(answers, patches, (given, { household: _household, ...patch }) => {
        const expected = mergePatch(given as Json, patch as Json) as Record<string, Json>;
        const kept = Object.fromEntries(Object.entries(expected).filter(([, group]) => Object.keys(group as object).length > 0));
        expect(mergeAnswers(given, patch)).toEqual(kept);
      }),
      { numRuns: 60 },
    );
  });

  it('changes nothing with nothing, and does the same when done twice', () => {
    fc.assert(
      fc.property(answers, patches, (given, patch) => {
        const frozen = JSON.stringify([given, patch]);
        expect(mergeAnswers(given, {})).toEqual(given);
        const once = mergeAnswers(given, patch);
        expect(mergeAnswers(once, patch)).toEqual(once);
        expect(JSON.stringify([given, patch])).toBe(frozen);
        expect(holdsNull(once)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it('never gives a person a number that an old person of the list did not have, nor one number to two', () => {
    const short = fc.constantFrom('Ada', 'Bo', undefined);
    const person = fc.record({
      firstName: short,
      lastName: short,
      dateOfBirth: fc.constantFrom('2015-01-01', '2017-01-01', undefined),
    });
    fc.assert(
      fc.property(fc.array(person, { maxLength: 5 }), fc.array(person, { maxLength: 5 }), (old, next) => {
        const numbered = old.map((one, at) => ({ ...one, taxpayerId: `123-00-000${at + 1}` }));
        const merged = mergeAnswers({ household: numbered } as never, { household: next } as never).household ?? [];
        const numbers = merged.flatMap(({ taxpayerId }) => (taxpayerId === undefined ? [] : [taxpayerId]));
        expect(new Set(numbers).size).toBe(numbers.length);
        for (const { taxpayerId, firstName, dateOfBirth, lastName } of merged.filter((one) => one.taxpayerId)) {
          const before = numbered.find((one) => one.taxpayerId === taxpayerId)!;
          const shared = [
            [before.firstName, firstName],
            [before.dateOfBirth, dateOfBirth],
            [before.lastName, lastName],
          ].some(([a, b]) => a !== undefined && a === b);
          expect(shared).toBe(true);
        }
      }),
    );
  });
});

describe('the numbers of the household', () => {
  const ada = { firstName: 'Ada', lastName: 'Sample', dateOfBirth: '2015-01-01' };
  const bo = { firstName: 'Bo', lastName: 'Sample', dateOfBirth: '2017-02-02' };
  const before = {
    household: [
      { ...ada, taxpayerId: '123-00-0001' },
      { ...bo, taxpayerId: '123-00-0002', identityProtectionPin: '123456' },
    ],
  };
  const merged = (household: AnswersPatch['household']) => mergeAnswers(before, { household: household ?? null }).household;

  it('stay with people who change places', () => {
    expect(merged([bo, ada])).toEqual([before.household[1], before.household[0]]);
  });

  it('stay with a person whose name or birth date is corrected', () => {
    expect(merged([{ ...ada, firstName: 'Adah' }, bo])?.[0]?.taxpayerId).toBe('123-00-0001');
    expect(merged([{ ...ada, dateOfBirth: '2015-01-10' }, bo])?.[0]?.taxpayerId).toBe('123-00-0001');
  });

  it('stay with a person who has neither name nor birth date yet, in the same place', () => {
    const before = { household: [{ relationship: 'parent', taxpayerId: '400-00-0001' }] };
    const after = mergeAnswers(before, { household: [{ relationship: 'parent', monthsLivedInHome: 12 }, { firstName: 'Ana' }] });
    expect(after.household).toEqual([{ relationship: 'parent', monthsLivedInHome: 12, taxpayerId: '400-00-0001' }, { firstName: 'Ana' }]);
  });

  it('go with a person who leaves, and never to a new one in their place', () => {
    expect(merged([bo])).toEqual([before.household[1]]);
    expect(merged([{ firstName: 'Cy', lastName: 'Sample', dateOfBirth: '2020-03-03' }, bo])?.[0]).not.toHaveProperty(
      'taxpayerId',
    );
  });

  it('are changed or cleared when the change names them', () => {
    expect(
      merged([
        { ...ada, taxpayerId: null },
        { ...bo, taxpayerId: '123-00-0009' },
      ]),
    ).toEqual([ada, { ...bo, taxpayerId: '123-00-0009', identityProtectionPin: '123456' }]);
  });

  it('go with the whole list', () => {
    expect(mergeAnswers(before, { household: null })).toEqual({});
    expect(mergeAnswers(before, { household: [] })).toEqual({});
    expect(mergeAnswers(before, { household: [{}] })).toEqual({});
  });
});
