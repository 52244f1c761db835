import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { randomBytes } from '../../src/crypto/random.js';
import { unwrapWithPassword, unwrapWithToken, wrapWithPassword, wrapWithToken } from '../../src/vault/member-secret.js';
import { unwrapIntakeKey, unwrapLookupKey, wrapIntakeKey, wrapLookupKey } from '../../src/vault/vault-wraps.js';
import { refusalCode } from '../support/refusal-code.js';

const secret = randomBytes(32);
const half = randomBytes(32);
const key = randomBytes(32);
const member = randomUUID();
const session = { id: randomUUID(), memberId: member };
const vault = { siteId: randomUUID(), number: 2, key: randomBytes(32) };
const intake = randomUUID();

interface Kind {
  readonly wrapped: Uint8Array;
  readonly open: (wrapped: Uint8Array) => Uint8Array;
  /** By what is different. */
  readonly others: Readonly<Record<string, (wrapped: Uint8Array) => Uint8Array>>;
}

const kinds: Record<string, Kind> = {
  'a secret key under a password': {
    wrapped: wrapWithPassword(key, half, member, secret),
    open: (wrapped) => unwrapWithPassword(key, half, member, wrapped),
    others: {
      password: (wrapped) => unwrapWithPassword(randomBytes(32), half, member, wrapped),
      half: (wrapped) => unwrapWithPassword(key, randomBytes(32), member, wrapped),
      member: (wrapped) => unwrapWithPassword(key, half, randomUUID(), wrapped),
    },
  },
  'a secret key for a session': {
    wrapped: wrapWithToken(key, half, session, secret),
    open: (wrapped) => unwrapWithToken(key, half, session, wrapped),
    others: {
      token: (wrapped) => unwrapWithToken(randomBytes(32), half, session, wrapped),
      half: (wrapped) => unwrapWithToken(key, randomBytes(32), session, wrapped),
      session: (wrapped) => unwrapWithToken(key, half, { ...session, id: randomUUID() }, wrapped),
      member: (wrapped) => unwrapWithToken(key, half, { ...session, memberId: randomUUID() }, wrapped),
      'session and member, exchanged': (wrapped) => unwrapWithToken(key, half, { id: session.memberId, memberId: session.id }, wrapped),
    },
  },
  'an intake’s key': {
    wrapped: wrapIntakeKey(vault, intake, secret),
    open: (wrapped) => unwrapIntakeKey(vault, intake, wrapped),
    others: {
      'vault key': (wrapped) => unwrapIntakeKey({ ...vault, key: randomBytes(32) }, intake, wrapped),
      site: (wrapped) => unwrapIntakeKey({ ...vault, siteId: randomUUID() }, intake, wrapped),
      'vault number': (wrapped) => unwrapIntakeKey({ ...vault, number: 1 }, intake, wrapped),
      intake: (wrapped) => unwrapIntakeKey(vault, randomUUID(), wrapped),
    },
  },
  'a lookup key': {
    wrapped: wrapLookupKey(vault, 2027, secret),
    open: (wrapped) => unwrapLookupKey(vault, 2027, wrapped),
    others: {
      'vault key': (wrapped) => unwrapLookupKey({ ...vault, key: randomBytes(32) }, 2027, wrapped),
      site: (wrapped) => unwrapLookupKey({ ...vault, siteId: randomUUID() }, 2027, wrapped),
      'vault number': (wrapped) => unwrapLookupKey({ ...vault, number: 1 }, 2027, wrapped),
      'filing year': (wrapped) => unwrapLookupKey(vault, 2026, wrapped),
    },
  },
};

describe.each(Object.entries(kinds))('%s', (name, { wrapped, open, others }) => {
  it('opens in its place', () => {
    expect(open(wrapped)).toEqual(secret);
    expect(wrapped).toHaveLength(73);
  });

  it.each(Object.entries(others))('is refused with another %s', (_what, openElsewhere) => {
    expect(refusalCode(() => openElsewhere(wrapped))).toBe('NOT_AUTHENTIC');
  });

  it('is refused with any bit changed', () => {
    fc.assert(
      fc.property(fc.nat(wrapped.length * 8 - 1), (bit) => {
        const changed = wrapped.slice();
        changed[bit >> 3]! ^= 1 << (bit & 7);
        expect(refusalCode(() => open(changed))).toBe(bit < 8 ? 'FORMAT_UNKNOWN' : 'NOT_AUTHENTIC');
      }),
    );
  });

  it('is not taken for one of another kind', () => {
    for (const [other, kind] of Object.entries(kinds)) {
      if (other !== name) expect(refusalCode(() => kind.open(wrapped))).toBe('NOT_AUTHENTIC');
    }
  });
});
