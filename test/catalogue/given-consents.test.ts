import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { catalogue } from '../../src/catalogue/catalogue.js';
import { consentsGiven, type Consents } from '../../src/catalogue/consents.js';
import { CONSENT_FORMS, givenConsents } from '../../src/catalogue/given-consents.js';

const NAMES = catalogue.fields.filter(({ group }) => group === 'consents').map(({ name }) => name as keyof Consents);
const DAYS = NAMES.filter((name) => name.endsWith('GivenOn'));
const consents: fc.Arbitrary<Consents> = fc
  .subarray(NAMES)
  .map((answered): Consents => Object.fromEntries(answered.map((name) => [name, DAYS.includes(name) ? `2027-02-${10 + DAYS.indexOf(name)}` : `text of ${name}`])));

describe('the consents that were given', () => {
  it('are one for each day that somebody consented on, and nothing else is one', () => {
    fc.assert(
      fc.property(consents, (answered) => {
        const given = givenConsents(answered);
        expect(given.map(({ givenOn }) => givenOn).sort()).toEqual(DAYS.flatMap((name) => answered[name] ?? []).sort());
        expect(given.length > 0).toBe(consentsGiven({ consents: answered }));
      }),
    );
  });

  it('say which text, in which version, whose it is and when', () => {
    fc.assert(
      fc.property(consents, (answered) => {
        for (const { form, version, bySpouse, name, givenOn } of givenConsents(answered)) {
          expect(bySpouse ? answered[`${form}SpouseGivenOn`] : answered[`${form}GivenOn`]).toBe(givenOn);
          expect(answered[`${form}Version`]).toBe(version);
          expect(answered[bySpouse ? 'spouseGivenBy' : 'givenBy']).toBe(name);
        }
      }),
    );
  });

  it('know every text that is asked about', () => {
    expect(NAMES.filter((name) => name.endsWith('Version')).sort()).toEqual(CONSENT_FORMS.map((form) => `${form}Version`).sort());
  });
});
