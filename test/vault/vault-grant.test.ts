import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { context } from '../../src/crypto/context.js';
import { keyedHash } from '../../src/crypto/keyed-hash.js';
import { randomBytes } from '../../src/crypto/random.js';
import { newKeyPair, sealTo } from '../../src/crypto/sealed-box.js';
import { uuidBytes } from '../../src/crypto/bytes.js';
import { wrap } from '../../src/crypto/wrap.js';
import { openGrant, sealGrant, vaultPin, type SealedGrant } from '../../src/vault/vault-grant.js';
import { refusalCode } from '../support/refusal-code.js';

describe('a grant of the vault key', () => {
  const vault = { siteId: randomUUID(), number: 3, key: randomBytes(32) };
  const place = { siteId: vault.siteId, number: vault.number };
  const keys = newKeyPair();
  const member = { memberId: randomUUID(), role: 'preparer', keys };
  const half = randomBytes(32);
  const grant = sealGrant(vault, { memberId: member.memberId, role: member.role, publicKey: keys.publicKey }, half);

  it('opens for the member it was made for', () => {
    expect(openGrant(place, member, half, grant)).toEqual(vault);
  });

  it.each([
    ['member', () => openGrant(place, { ...member, memberId: randomUUID() }, half, grant)],
    ['role', () => openGrant(place, { ...member, role: 'administrator' }, half, grant)],
    ['key pair', () => openGrant(place, { ...member, keys: newKeyPair() }, half, grant)],
    ['public key', () => openGrant(place, { ...member, keys: { ...keys, publicKey: newKeyPair().publicKey } }, half, grant)],
    ['secret key', () => openGrant(place, { ...member, keys: { ...keys, secretKey: newKeyPair().secretKey } }, half, grant)],
    ['site', () => openGrant({ ...place, siteId: randomUUID() }, member, half, grant)],
    ['number', () => openGrant({ ...place, number: 2 }, member, half, grant)],
    ['half', () => openGrant(place, member, randomBytes(32), grant)],
    ['mac', () => openGrant(place, member, half, { ...grant, mac: randomBytes(32) })],
    ['mac that is cut short', () => openGrant(place, member, half, { ...grant, mac: grant.mac.subarray(0, 31) })],
    ['mac that is empty', () => openGrant(place, member, half, { ...grant, mac: new Uint8Array() })],
  ])('is refused with another %s', (_what, open) => {
    expect(refusalCode(open)).toBe('NOT_AUTHENTIC');
  });

  it('is refused in every exchange with a colleague’s, column by column', () => {
    const theirs = { memberId: randomUUID(), role: 'preparer', keys: newKeyPair(), half: randomBytes(32) };
    const other = sealGrant(vault, { memberId: theirs.memberId, role: theirs.role, publicKey: theirs.keys.publicKey }, theirs.half);
    for (const mixed of [other, { sealed: grant.sealed, mac: other.mac }, { sealed: other.sealed, mac: grant.mac }]) {
      expect(refusalCode(() => openGrant(place, member, half, mixed))).toBe('NOT_AUTHENTIC');
      expect(refusalCode(() => openGrant(place, member, theirs.half, mixed))).toBe('NOT_AUTHENTIC');
    }
  });

  it('is refused with any bit changed', () => {
    fc.assert(
      fc.property(fc.nat((grant.sealed.length + 32) * 8 - 1), (bit) => {
        const changed: SealedGrant = { sealed: grant.sealed.slice(), mac: grant.mac.slice() };
        const inSealed = bit < grant.sealed.length * 8;
        const at = inSealed ? bit : bit - grant.sealed.length * 8;
        (inSealed ? changed.sealed : changed.mac)[at >> 3]! ^= 1 << (at & 7);
        expect(refusalCode(() => openGrant(place, member, half, changed))).toBe(bit < 8 ? 'FORMAT_UNKNOWN' : 'NOT_AUTHENTIC');
      }),
    );
  });

  it('cannot be made without the vault key, even with the half and everything that is public', () => {
    const chosen = randomBytes(32);
    const parts = [uuidBytes(vault.siteId), uuidBytes(member.memberId), 'preparer', keys.publicKey, vault.number];
    const sealed = wrap(keyedHash(half, 'grant-half'), sealTo(keys.publicKey, chosen), context('grant', ...parts));
    expect(refusalCode(() => openGrant(place, member, half, { sealed, mac: grant.mac }))).toBe('NOT_AUTHENTIC');
    const notABox = wrap(keyedHash(half, 'grant-half'), chosen, context('grant', ...parts));
    expect(refusalCode(() => openGrant(place, member, half, { sealed: notABox, mac: grant.mac }))).toBe('NOT_AUTHENTIC');
  });

  it('of a vault key that someone put in its place opens, and does not fit the pin', () => {
    const planted = { ...vault, key: randomBytes(32) };
    const forged = sealGrant(planted, { memberId: member.memberId, role: member.role, publicKey: keys.publicKey }, half);
    const opened = openGrant(place, member, half, forged);
    const pin = vaultPin(keys.secretKey, vault);
    expect(vaultPin(keys.secretKey, opened)).not.toEqual(pin);
    expect(vaultPin(keys.secretKey, vault)).toEqual(pin);
    for (const other of [{ ...vault, number: 4 }, { ...vault, siteId: randomUUID() }]) expect(vaultPin(keys.secretKey, other)).not.toEqual(pin);
    expect(vaultPin(newKeyPair().secretKey, vault)).not.toEqual(pin);
  });

  it('shows nothing of the vault key, and never looks the same twice', () => {
    const again = sealGrant(vault, { memberId: member.memberId, role: member.role, publicKey: keys.publicKey }, half);
    expect(again.sealed).not.toEqual(grant.sealed);
    expect(again.sealed.length).toBe(grant.sealed.length);
    for (const bytes of [grant.sealed, grant.mac]) expect(Buffer.from(bytes).includes(Buffer.from(vault.key))).toBe(false);
  });
});
