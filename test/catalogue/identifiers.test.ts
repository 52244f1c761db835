import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  readAccountNumber,
  readIdentityProtectionPin,
  readPhone,
  readRoutingNumber,
  readTaxpayerId,
  readZip,
} from '../../src/catalogue/identifiers.js';
import { readState } from '../../src/catalogue/states.js';
import { neverIssuedId, routingNumber } from './answer-arbitraries.js';

const nine = fc.stringMatching(/^[0-9]{9}$/);

describe('a taxpayer number', () => {
  it('comes out the same however it was typed', () => {
    const separator = fc.constantFrom('', ' ', '-', '–', '.', '\u00a0', '\u2011', '\u200e');
    fc.assert(
      fc.property(neverIssuedId, separator, separator, fc.boolean(), (id, first, second, wide) => {
        const typed = ` ${id.slice(0, 3)}${first}${id.slice(4, 6)}${second}${id.slice(7)} `;
        const asTyped = wide ? typed.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))) : typed;
        expect(readTaxpayerId(asTyped)).toEqual({ canonical: id, neverIssued: true });
      }),
    );
  });

  it('follows the rules of the Social Security Administration and the IRS', () => {
    fc.assert(
      fc.property(nine, (digits) => {
        const [area, group, serial] = [digits.slice(0, 3), Number(digits.slice(3, 5)), digits.slice(5)];
        const isSsn = area !== '000' && area !== '666' && area < '900' && group !== 0 && serial !== '0000';
        const isItin =
          area >= '900' &&
          ((group >= 50 && group <= 65) || (group >= 70 && group <= 88) || (group >= 90 && group <= 92) || group >= 94);
        const isAtin = area >= '900' && group === 93;
        const sample = group === 0 && area !== '000' && area !== '666' && serial !== '0000';
        expect(readTaxpayerId(digits) !== undefined).toBe(isSsn || isItin || isAtin || sample);
        expect(readTaxpayerId(digits)?.neverIssued ?? false).toBe(sample);
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    '000-00-1234',
    '666-00-1234',
    '123-00-0000',
    '900-49-1234',
    '900-66-1234',
    '900-69-1234',
    '900-89-1234',
    '12345678',
    '1234567890',
    '',
    'abc',
    '12-345-678a',
  ])('is not %p', (typed) => expect(readTaxpayerId(typed)).toBeUndefined());

  it('does not tell which kind it is', () => {
    expect(Object.keys(readTaxpayerId('900-00-1234') ?? {})).toEqual(['canonical', 'neverIssued']);
  });
});

describe('bank numbers', () => {
  it('routing: the check digit finds every single wrong digit', () => {
    fc.assert(
      fc.property(routingNumber, fc.integer({ min: 2, max: 8 }), fc.integer({ min: 1, max: 9 }), (right, at, by) => {
        expect(readRoutingNumber(right)).toBe(right);
        const wrong = [...right].map((digit, i) => (i === at ? String((Number(digit) + by) % 10) : digit)).join('');
        expect(readRoutingNumber(wrong)).toBeUndefined();
      }),
    );
  });

  it.each(['000000000', '130000006', '610000000', '800000008', '12345678', '1234567890'])('routing is not %p', (typed) =>
    expect(readRoutingNumber(typed)).toBeUndefined(),
  );

  it('takes a routing number with spaces', () => expect(readRoutingNumber('0210 0002 1')).toBe('021000021'));

  it.each([
    ['12WSDFR5432', '12WSDFR5432'],
    ['1213 245', '1213245'],
    ['12-34 5', '12345'],
    ['1234', undefined],
    ['000000', undefined],
    ['constructor', undefined],
    ['A1BCD', 'A1BCD'],
    ['123456789012345678', undefined],
    ['12345é', undefined],
  ])('account %p is %p', (typed, kept) => expect(readAccountNumber(typed)).toBe(kept));
});

describe('other numbers', () => {
  it.each([
    ['(202) 555-0101', '2025550101'],
    ['+1 202.555.0101', '2025550101'],
    ['1-202-555-0101', '2025550101'],
    ['202/555 0101', '2025550101'],
    ['555-0101', undefined],
    ['002 555 0101', undefined],
    ['202-555-0101 ext 5', undefined],
    ['+52 55 1234 5678', undefined],
  ])('telephone %p is %p', (typed, kept) => expect(readPhone(typed)).toBe(kept));

  it.each([
    ['123456', '123456'],
    ['012 345', '012345'],
    ['000000', undefined],
    ['12345', undefined],
  ])('IP PIN %p is %p', (typed, kept) => expect(readIdentityProtectionPin(typed)).toBe(kept));

  it.each([
    ['00901', '00901'],
    ['009011234', '00901-1234'],
    ['00901-1234', '00901-1234'],
    ['0901', undefined],
    ['H0H 0H0', undefined],
  ])('ZIP %p is %p', (typed, kept) => expect(readZip(typed)).toBe(kept));

  it.each([
    ['ny', 'NY'],
    [' PR ', 'PR'],
    ['AE', 'AE'],
    ['MP', 'MP'],
    ['XX', undefined],
    ['toString', undefined],
  ])('state %p is %p', (typed, kept) => expect(readState(typed)).toBe(kept));

  it('never throws on any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => {
        for (const read of [
          readTaxpayerId,
          readPhone,
          readZip,
          readState,
          readAccountNumber,
          readRoutingNumber,
          readIdentityProtectionPin,
        ])
          read(typed);
      }),
    );
  });
});
