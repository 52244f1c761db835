import { describe, expect, it } from '@jest/globals';
import { catalogue } from '../../src/catalogue/catalogue.js';
import { isNeverStored, isNeverStoredName } from '../../src/catalogue/never-stored.js';

describe('what is never stored', () => {
  it.each([
    'taxpayer.usCitizen',
    'household.usCitizen',
    'household.3.residentOfUsCanadaMexico',
    'spouse.us_citizen',
    'taxpayer.USCitizen',
    'taxpayer.visaType',
    'race',
    'w7.countryOfBirth',
    'taxpayer.w7.anything',
    'contact.englishConversation',
    'taxpayer.tinType',
  ])('is known by name: %s', (path) => expect(isNeverStored(path)).toBe(true));

  it('is nowhere in the catalogue', () => {
    expect(catalogue.fields.filter(({ path }) => isNeverStored(path))).toEqual([]);
  });

  it('does not catch what only looks alike', () => {
    for (const name of ['preferredLanguage', 'eventIrsLetter', 'trace', 'visage', ''])
      expect(isNeverStoredName(name)).toBe(false);
  });
});
