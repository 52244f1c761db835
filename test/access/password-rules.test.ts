import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { COMMON_WORDS } from '../../src/access/common-words.js';
import { checkNewPassword } from '../../src/access/password-rules.js';
import { Refusal } from '../../src/platform/refusal.js';

const KNOWN = ['Harbor Volunteers', 'Pier Street', 'Fern Applewhite', 'fern.applewhite@example.org'];
const isTaken = (password: string) => {
  try {
    checkNewPassword(password, KNOWN);
    return true;
  } catch (error) {
    expect(error).toMatchObject({ code: 'INVALID_INPUT', details: { fields: ['password'] } } satisfies Partial<Refusal>);
    expect((error as Error).message).not.toContain(password);
    return false;
  }
};

describe('a new password', () => {
  it('may be any words of its owner’s own, without digits or signs', () => {
    for (const password of ['walrus juggling plums', 'nieve sobre el tejado rojo', '雪が屋根に静かに降り積もる朝でした', 'zK4vXw9qLmTb2Rjh']) expect(isTaken(password)).toBe(true);
  });

  it('has fifteen characters or more, however they are encoded', () => {
    expect(isTaken('walrus jugglin')).toBe(false);
    expect(isTaken('walrus juggling')).toBe(true);
    expect(isTaken('e\u0301'.repeat(8) + 'walrus')).toBe(false); // fourteen characters, composed
    expect(isTaken('walrus juggling ' + 'plum '.repeat(60))).toBe(false);
  });

  it('is not made of what is tried first', () => {
    for (const password of ['passwordpassword', 'Password12345678!', '123456789012345', 'qwertyuiopasdfghjkl', 'aaaaaaaaaaaaaaaaaa', 'Thinfile2027Thinfile']) {
      expect(isTaken(password)).toBe(false);
    }
    for (const password of ['Harbor-Volunteers-2027', 'fern.applewhite@example.org', 'PierStreetTaxes2027!', 'correct horse battery staple']) expect(isTaken(password)).toBe(false);
  });

  it('is refused whenever it is known words and digits in a row', () => {
    const piece = fc.oneof(fc.constantFrom(...COMMON_WORDS), fc.nat(9999).map(String), fc.constantFrom('!', ' ', '-', '_'));
    fc.assert(fc.property(fc.array(piece, { minLength: 8, maxLength: 20 }), (pieces) => !isTaken(pieces.join(' '))));
  });
});
