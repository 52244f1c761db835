import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { context } from '../../src/crypto/context.js';
import { keyedHash } from '../../src/crypto/keyed-hash.js';
import { passwordKey } from '../../src/crypto/password-key.js';
import { keyPairOf } from '../../src/crypto/sealed-box.js';
import { tokenBytes, tokenHash } from '../../src/crypto/secret-token.js';
import { openSection } from '../../src/crypto/section-cipher.js';
import { sixWords } from '../../src/crypto/six-words.js';
import { unwrap } from '../../src/crypto/wrap.js';
import { lookupTag, lookupTerm } from '../../src/vault/lookup-tags.js';
import { unwrapWithPassword, unwrapWithToken } from '../../src/vault/member-secret.js';
import { openGrant, vaultPin } from '../../src/vault/vault-grant.js';
import { unwrapIntakeKey, unwrapLookupKey } from '../../src/vault/vault-wraps.js';

/** Known answers of docs/formats.md. Made once, then frozen: a change that breaks one breaks what is stored out there. */
const vectors = JSON.parse(readFileSync(new URL('../vectors/formats-v1.json', import.meta.url), 'utf8'));

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));
const inHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('formats, version 1', () => {
  it('encodes a context', () => {
    const { label, text, bytes, number, encoded } = vectors.context;
    expect(inHex(context(label, text, hex(bytes), number))).toBe(encoded);
  });

  it('hashes with a key', () => {
    const { key, label, text, hash } = vectors.keyedHash;
    expect(inHex(keyedHash(hex(key), label, text))).toBe(hash);
  });

  it('opens a wrap', () => {
    const { key, label, wrapped, secret } = vectors.wrap;
    expect(inHex(unwrap(hex(key), hex(wrapped), context(label)))).toBe(secret);
  });

  it('makes the key of a password', async () => {
    const { password, salt, pepper, key } = vectors.password;
    expect(inHex(await passwordKey(password, hex(salt), hex(pepper)))).toBe(key);
  });

  it('opens a secret key under a password and under a token', () => {
    const { memberId, passwordKey: key, half, wrapped, secretKey, session, token } = vectors.memberSecret;
    expect(inHex(unwrapWithPassword(hex(key), hex(half), memberId, hex(wrapped)))).toBe(secretKey);
    expect(inHex(unwrapWithToken(hex(token), hex(half), { id: session.id, memberId }, hex(session.wrapped)))).toBe(secretKey);
  });

  it('opens a grant and makes its pin', () => {
    const { siteId, number, memberId, role, secretKey, half, sealed, mac, vaultKey, pin } = vectors.grant;
    const grantee = { memberId, role, keys: keyPairOf(hex(secretKey)) };
    const vault = openGrant({ siteId, number }, grantee, hex(half), { sealed: hex(sealed), mac: hex(mac) });
    expect(inHex(vault.key)).toBe(vaultKey);
    expect(inHex(vaultPin(hex(secretKey), vault))).toBe(pin);
  });

  it('says the six words of a public key', () => {
    expect(sixWords(hex(vectors.sixWords.publicKey)).join(' ')).toBe(vectors.sixWords.words);
  });

  it('hashes a token', () => {
    expect(inHex(tokenHash(tokenBytes(vectors.token.token)!))).toBe(vectors.token.hash);
  });

  it('opens intake and lookup keys under the vault key', () => {
    const { siteId, number, key, intake, lookup } = vectors.vaultWraps;
    const vault = { siteId, number, key: hex(key) };
    expect(inHex(unwrapIntakeKey(vault, intake.id, hex(intake.wrapped)))).toBe(intake.key);
    expect(inHex(unwrapLookupKey(vault, lookup.filingYear, hex(lookup.wrapped)))).toBe(lookup.key);
  });

  it('opens a section', () => {
    const { classKey, place, widths, section, cells } = vectors.section;
    expect([...openSection(hex(classKey), place, hex(section), widths).values()].map(inHex)).toEqual(cells);
  });

  it('makes lookup terms and tags', () => {
    const { lookupKey, field, value, term, bucketKey, tag } = vectors.lookup;
    expect(inHex(lookupTerm(hex(lookupKey), field, value))).toBe(term);
    expect(inHex(lookupTag(hex(bucketKey), hex(term)))).toBe(tag);
  });
});
