import { describe, expect, it } from '@jest/globals';
import { catalogue } from '../../src/catalogue/catalogue.js';
import { selectFields } from '../../src/catalogue/select-fields.js';
import { refused } from './refused.js';

describe('selecting fields', () => {
  it('brings, when nothing is named, what a preparer works from and no numbers, notes or consents', () => {
    const { paths, classes } = selectFields(undefined);
    expect(classes).toEqual(['contact', 'identity', 'address', 'household', 'situation']);
    expect(paths).toEqual(catalogue.fields.filter((field) => classes.includes(field.class)).map(({ path }) => path));
    expect(
      paths.some((path) => /taxpayerId|Pin$|bank|notes|consents/.test(path) && !path.endsWith('hasIdentityProtectionPin')),
    ).toBe(false);
  });

  it('brings of a group everything but its numbers', () => {
    const selection = selectFields(['household', 'taxpayer.lastName']);
    expect(selection.has('household.firstName')).toBe(true);
    expect(selection.has('household.taxpayerId')).toBe(false);
    expect(selection.has('taxpayer.firstName')).toBe(false);
    expect(selection.classes).toEqual(['identity', 'household']);
    expect(selectFields(['taxpayer']).classes).toEqual(['identity', 'situation']);
  });

  it('brings numbers when they are named, and those of the bank by its name', () => {
    expect(selectFields(['household.taxpayerId'])).toMatchObject({ paths: ['household.taxpayerId'], classes: ['credentials'] });
    expect(selectFields(['bank']).paths).toEqual(['bank.routingNumber', 'bank.accountNumber', 'bank.accountType']);
    expect(selectFields(['notes', 'consents']).classes).toEqual(['notes', 'consents']);
  });

  it('refuses what is never stored before what is unknown, and names without echoing values', () => {
    expect(refused(() => selectFields(['shoeSize', 'taxpayer.usCitizen', 'household.visa']))).toMatchObject({
      code: 'NEVER_STORED',
      fields: ['taxpayer.usCitizen', 'household.visa'],
    });
    expect(
      refused(() => selectFields(['taxpayer', 'taxpayer.shoeSize', 'household.0.firstName', '123004567', 'identity', ''])),
    ).toMatchObject({
      code: 'UNKNOWN_FIELDS',
      fields: ['taxpayer.shoeSize', 'household.0.firstName', '?', 'identity'],
    });
    for (const name of ['__proto__', 'constructor', 'toString'])
      expect(refused(() => selectFields([name])).code).toBe('UNKNOWN_FIELDS');
  });
});
