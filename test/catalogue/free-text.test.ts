import { describe, expect, it } from '@jest/globals';
import { holdsContact, holdsIdentifier, isBlank } from '../../src/catalogue/free-text.js';
import { EVERYTHING, entered } from './households.js';

describe('a note with an identifier in it', () => {
  it.each([
    'SSN 123-00-4567',
    'her number is 123004567.',
    '123 00 4567',
    '１２３－００－４５６７',
    '١٢٣-٠٠-٤٥٦٧',
    '12\u200b3-00-4567',
    'card 4000 0000 0000 0002',
    'account 000123456789',
    'passport C01234567',
    'A012345678',
    'A# 012-345-678',
    'PTIN P01234567',
    'SSN-123004567 2025-03-01',
  ])('is found: %p', (note) => expect(holdsIdentifier(note)).toBe(true));

  it.each([
    'Call 202-555-0101 after six, or +1 202 555 0102.',
    'Missing: W-2 of the second job, 1098-T, 1095-A (2025).',
    'Lives at 10014-1234 since 2025-03-01.',
    'Seen 2026-01-31 2026-02-28, due 2026-04-15.',
    'W-2 2025-03-01, letter of 3/1/2026',
    'Rent 1,200.00 and 350.00',
    '',
  ])('is not found in %p', (note) => expect(holdsIdentifier(note)).toBe(false));
});

describe('how to reach a client', () => {
  it.each(['Jun Li called, 515-555-0199', 'call (515) 555-0199', '+1 515.555.0199', '5155550199', '١ ٥١٥ ٥٥٥ ٠١٩٩', 'ask jun@example.org'])('is found: %p', (note) =>
    expect(holdsContact(note)).toBe(true),
  );

  it.each(['Docket 24-cv-01234 of 2027-02-01', 'entries 1007 to 1204', 'at 10014-1234', 'Seen 2026-01-31 2026-02-28.', 'six @ the desk', 'like ab345678-1234-4abc-8abc-a1234567890b'])('is not found in %p', (note) =>
    expect(holdsContact(note)).toBe(false),
  );
});

describe('a text of nothing that can be seen', () => {
  const NOTHING = ['', ' \t', '\u200b', '\u00ad', '\u200f', '\u2060\ufeff', '\u3164', '\u2800', '\u00a0\u3000', '\u{e0020}'];

  it.each(NOTHING)('is blank, and clears: %j', (text) => {
    expect(isBlank(text)).toBe(true);
    expect(entered({ taxpayer: { firstName: text, lastName: 'Ruiz' }, contact: { phone: text } }, EVERYTHING)).toEqual({ taxpayer: { lastName: 'Ruiz' } });
  });

  it.each(['Ñ', 'نور\u200f', '\u200bAna', '0', '.', '🏠', '\u0000'])('is not %j', (text) => expect(isBlank(text)).toBe(false));
});
