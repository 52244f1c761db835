import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseAnswers } from '../../src/catalogue/parse-answers.js';
import { catalogue } from '../../src/catalogue/catalogue.js';
import { mergeAnswers } from '../../src/catalogue/merge-answers.js';
import { PROBLEMS } from '../../src/catalogue/problems.js';
import { answers } from './answer-arbitraries.js';
import { EVERYTHING, entered } from './households.js';
import { refused } from './refused.js';

const NOTHING_MORE = { ...EVERYTHING, collect: { credentials: false, documents: false, notes: false } };
const invalid = (input: unknown) => refused(() => parseAnswers(input, EVERYTHING));

describe('answers that are taken', () => {
  it('come back as they are kept, whatever is missing', () => {
    fc.assert(
      fc.property(answers, (given) => {
        expect(entered(JSON.parse(JSON.stringify(given)))).toEqual(given);
      }),
      { numRuns: 60 },
    );
  });

  it('are brought into one form', () => {
    expect(
      entered({
        taxpayer: { firstName: '  Ngọc-Ánh ', taxpayerId: '123004567' },
        contact: { phone: '(202) 555-0101' },
        address: { state: 'ny', zip: '100141234' },
        bank: { routingNumber: '021 000 021' },
      }),
    ).toEqual({
      taxpayer: { firstName: 'Ngọc-Ánh', taxpayerId: '123-00-4567' },
      contact: { phone: '2025550101' },
      address: { state: 'NY', zip: '10014-1234' },
      bank: { routingNumber: '021000021' },
    });
  });

  it('are not normalised: composed and decomposed letters stay what they were', () => {
    const names = ['Zoe\u0308', 'Zo\u00eb', 'ﬁ', '\u200fعلي\u200f', 'mcDONALD'];
    for (const lastName of names) expect(entered({ taxpayer: { lastName } }).taxpayer?.lastName).toBe(lastName);
  });

  it('are cleared by null, and by blanks', () => {
    expect(
      parseAnswers(
        { taxpayer: { firstName: null, legallyBlind: '', jobTitle: ' \u00a0' }, spouse: null, household: null },
        EVERYTHING,
      ),
    ).toEqual({
      taxpayer: { firstName: null, legallyBlind: null, jobTitle: null },
      spouse: null,
      household: null,
    });
  });

  it('may be cleared where they are not collected', () => {
    expect(parseAnswers({ taxpayer: { taxpayerId: null }, notes: { text: '' } }, NOTHING_MORE)).toEqual({
      taxpayer: { taxpayerId: null },
      notes: { text: null },
    });
  });

  it('keep lines in notes only', () => {
    expect(entered({ notes: { text: 'one\r\n\ttwo' } }).notes?.text).toBe('one\r\n\ttwo');
    expect(invalid({ address: { street: 'one\ntwo' } }).fields).toEqual(['address.street']);
  });
});

describe('answers that are refused', () => {
  it('never stored comes before not collected, and that before invalid, each with every place', () => {
    const input = {
      taxpayer: { usCitizen: true, taxpayerId: '123-00-4567', shoeSize: 9 },
      household: [{}, { US_citizen: null, visaType: 'x', identityProtectionPin: '123456' }],
      w7: { countryOfBirth: 'x' },
      notes: { text: 'hello' },
    };
    expect(refused(() => parseAnswers(input, NOTHING_MORE))).toMatchObject({
      code: 'NEVER_STORED',
      fields: ['taxpayer.usCitizen', 'household.1.US_citizen', 'household.1.visaType', 'w7'],
    });
    const { w7: _w7, household: _household, ...rest } = input;
    const lawful = { ...rest, taxpayer: { taxpayerId: '1', shoeSize: 9 }, household: [{}, { identityProtectionPin: '123456' }] };
    expect(refused(() => parseAnswers(lawful, NOTHING_MORE))).toMatchObject({
      code: 'NOT_COLLECTED',
      fields: ['taxpayer.taxpayerId', 'notes.text', 'household.1.identityProtectionPin'],
    });
    expect(refused(() => parseAnswers(lawful, EVERYTHING))).toMatchObject({
      code: 'INVALID_ANSWERS',
      fields: ['taxpayer.taxpayerId', 'taxpayer.shoeSize'],
    });
  });

  it.each([
    [{ scenario: 'x' }, ['scenario']],
    [{ filingStatus: 'single', maritalStatus: 'single' }, ['filingStatus', 'maritalStatus']],
    [{ documents: [] }, ['documents']],
    [null, ['answers']],
    ['text', ['answers']],
    [[], ['answers']],
    [{ taxpayer: [] }, ['taxpayer']],
    [{ taxpayer: 'Ada' }, ['taxpayer']],
    [{ household: { 0: {} } }, ['household']],
    [{ household: [null, 'x', []] }, ['household.0', 'household.1', 'household.2']],
    [{ household: Array.from({ length: 13 }, () => ({})) }, ['household']],
    [{ taxpayer: { firstName: { deep: { deeper: 1 } } } }, ['taxpayer.firstName']],
    [{ taxpayer: { firstName: ['Ada'] } }, ['taxpayer.firstName']],
    [{ taxpayer: { firstName: 7, legallyBlind: 'true' } }, ['taxpayer.firstName', 'taxpayer.legallyBlind']],
    [{ taxpayer: { firstName: 'x'.repeat(129) } }, ['taxpayer.firstName']],
    [
      { taxpayer: { firstName: 'A\u0007da', lastName: 'B\u009fo', suffix: '\ud800' } },
      ['taxpayer.firstName', 'taxpayer.lastName', 'taxpayer.suffix'],
    ],
    [
      { taxpayer: { dateOfBirth: '2025-02-29' }, spouse: { dateOfBirth: '2026-11-23' } },
      ['taxpayer.dateOfBirth', 'spouse.dateOfBirth'],
    ],
    [
      { taxpayer: { dateOfBirth: '1889-12-31' }, spouse: { dateOfBirth: '01/02/1990' } },
      ['taxpayer.dateOfBirth', 'spouse.dateOfBirth'],
    ],
    [
      { household: [{ monthsLivedInHome: 13 }, { monthsLivedInHome: 1.5 }, { monthsLivedInHome: '12' }] },
      [0, 1, 2].map((at) => `household.${at}.monthsLivedInHome`),
    ],
    [
      { situation: { maritalStatus: 'it is complicated', spouseDeathYear: 2027 } },
      ['situation.maritalStatus', 'situation.spouseDeathYear'],
    ],
    [{ contact: { email: 'nobody', phone: '555-0101' } }, ['contact.email', 'contact.phone']],
    [{ notes: { text: 'SSN 123-00-4567' } }, ['notes.text']],
  ])('%j', (input, fields) => {
    expect(invalid(input)).toMatchObject({ code: 'INVALID_ANSWERS', fields });
  });

  it.each([
    ['taxpayerId', '12345678', PROBLEMS.taxpayerId],
    ['taxpayerId', '1234567890', PROBLEMS.taxpayerId],
    ['taxpayerId', 'abcdefghi', PROBLEMS.taxpayerId],
    ['taxpayerId', '666-12-3456', PROBLEMS.taxpayerIdImpossible],
    ['taxpayerId', '900 49 1234', PROBLEMS.taxpayerIdImpossible],
    ['dateOfBirth', '2000-02-30', PROBLEMS.date],
    ['dateOfBirth', '85-01-19', PROBLEMS.date],
    ['dateOfBirth', 'yesterday', PROBLEMS.date],
    ['dateOfBirth', '-01-19', PROBLEMS.dateIncomplete],
    ['dateOfBirth', '2000--19', PROBLEMS.dateIncomplete],
    ['dateOfBirth', '2000-01-', PROBLEMS.dateIncomplete],
  ])('says what is wrong with a %s of %j', (name, value, reason) => {
    expect(invalid({ taxpayer: { [name]: value } })['text']).toContain(JSON.stringify([{ path: `taxpayer.${name}`, reason }]));
  });

  it('unknown keys, those of JavaScript itself included', () => {
    const input: unknown = JSON.parse(
      '{"__proto__":{"firstName":"x"},"constructor":{},"taxpayer":{"__proto__":{},"toString":"x","hasOwnProperty":1}}',
    );
    expect(invalid(input)).toMatchObject({
      code: 'INVALID_ANSWERS',
      fields: ['__proto__', 'constructor', 'taxpayer.__proto__', 'taxpayer.toString', 'taxpayer.hasOwnProperty'],
    });
    expect(({} as Record<string, unknown>)['firstName']).toBeUndefined();
  });

  it('name no value, not even one that came as a key', () => {
    const { text, fields } = invalid({
      taxpayer: { 'Ada Planted': 1, 'n123-00-4567': 1, taxpayerId: '123-00-456', firstName: 'Planted\u0000' },
      '123004567': {},
    });
    expect(fields).toEqual(['?', 'taxpayer.?', 'taxpayer.taxpayerId', 'taxpayer.firstName']);
    expect(text).not.toMatch(/Planted|123/);
  });

  it('say how to mend each, in both languages', () => {
    const { text } = invalid({ contact: { phone: '5' } });
    expect(text).toContain('ten digits');
    expect(text).toContain('diez cifras');
  });

  it('are answered, however strange the JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ depthSize: 'medium' }), (json) => {
        try {
          parseAnswers({ taxpayer: json, household: [json], ...(typeof json === 'object' ? json : {}) }, EVERYTHING);
        } catch (error) {
          expect(error).toMatchObject({ code: expect.stringMatching(/^(NEVER_STORED|INVALID_ANSWERS)$/) });
        }
      }),
    );
  });

  it('are refused quickly when they are thousands', () => {
    const many = Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`k${at}`, 1]));
    expect(invalid({ taxpayer: many }).fields.length).toBeLessThanOrEqual(200);
  });

  it('are refused when they are nested without end', () => {
    const deep: unknown = JSON.parse(`${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`);
    expect(invalid({ taxpayer: deep }).fields).toEqual(['taxpayer.a']);
  });
});

describe('what the service writes itself', () => {
  const written = catalogue.fields.filter(({ byService }) => byService);

  it('is taken from nobody, not even to clear it, each by its path', () => {
    for (const { group, name, path } of written) {
      for (const value of ['Ana Ruiz', '', null, 7, {}]) {
        expect(invalid({ [group]: { [name]: value } })).toEqual({ code: 'INVALID_ANSWERS', fields: [path], text: expect.stringContaining(JSON.stringify([{ path, reason: PROBLEMS.byService }])) });
      }
    }
    expect(invalid({ consents: { givenBy: 'x', spouseGivenBy: null, form15080GivenOn: 'never' } }).fields).toEqual(['consents.givenBy', 'consents.spouseGivenBy', 'consents.form15080GivenOn']);
  });

  it('stays when what stands beside it is changed, and goes with its whole group', () => {
    const kept = { consents: { givenBy: 'Ana Ruiz', form15080GivenOn: '2026-02-01' } };
    expect(mergeAnswers(kept, parseAnswers({ consents: { givenBy: undefined, form15080GivenOn: null } }, EVERYTHING))).toEqual({ consents: { givenBy: 'Ana Ruiz' } });
    expect(mergeAnswers(kept, parseAnswers({ consents: null }, EVERYTHING))).toEqual({});
  });
});
