import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { catalogue } from '../../src/catalogue/catalogue.js';
import { decodeCell, encodeCell } from '../../src/catalogue/cell-codec.js';
import { context } from '../../src/crypto/context.js';
import { keyedHash } from '../../src/crypto/keyed-hash.js';
import { passwordKey } from '../../src/crypto/password-key.js';
import { keyPairOf } from '../../src/crypto/sealed-box.js';
import { tokenBytes, tokenHash } from '../../src/crypto/secret-token.js';
import { openSection } from '../../src/crypto/section-cipher.js';
import { sixWords } from '../../src/crypto/six-words.js';
import { unwrap } from '../../src/crypto/wrap.js';
import { AccessTicket } from '../../src/vault/access-ticket.js';
import { ringIn } from '../../src/vault/bucket-ring.js';
import { openBucket, type Bucket } from '../../src/vault/buckets.js';
import { openHalf, openHalvesKey } from '../../src/vault/halves.js';
import { unwrapShare } from '../../src/vault/life-shares.js';
import { leftBlankTerm, lookupTag, lookupTerm, openTerm, untouchedTerm } from '../../src/vault/lookup-tags.js';
import { MasterFile } from '../../src/vault/master-file.js';
import { unwrapWithPassword, unwrapWithToken } from '../../src/vault/member-secret.js';
import { openClass } from '../../src/vault/sealed-class.js';
import { openGrant, vaultPin } from '../../src/vault/vault-grant.js';
import { unwrapIntakeKey, unwrapLookupKey } from '../../src/vault/vault-wraps.js';
import { apart } from '../support/cells.js';

/** Known answers of docs/formats.md. Made once, then frozen: a change that breaks one breaks what is stored out there. */
const vectors = JSON.parse(readFileSync(new URL('../vectors/formats-v1.json', import.meta.url), 'utf8'));

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));
const inHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

const bucketOf = (bucket: Omit<Bucket, 'key'> & { readonly key: string }): Bucket => ({ ...bucket, key: hex(bucket.key) });

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
    expect(apart(openSection(hex(classKey), place, hex(section), widths)).map(inHex)).toEqual(cells);
  });

  it('makes lookup terms and tags', () => {
    const { lookupKey, field, value, term, bucketKey, tag } = vectors.lookup;
    expect(inHex(lookupTerm(hex(lookupKey), field, value))).toBe(term);
    expect(inHex(lookupTag(hex(bucketKey), hex(term)))).toBe(tag);
    const { blank, leftBlank, row } = vectors.lookup;
    expect(inHex(untouchedTerm(hex(lookupKey), blank.intakeId, blank.slot))).toBe(blank.term);
    expect(inHex(leftBlankTerm(hex(lookupKey), leftBlank.intakeId, leftBlank.slot))).toBe(leftBlank.term);
    expect(inHex(openTerm(bucketOf(vectors.bucket.bucket), row.place, hex(row.sealed)))).toBe(term);
  });

  it('opens a bucket’s key under the master, and a life share under the bucket’s', () => {
    const { master, bucket, sealed } = vectors.bucket;
    const row = { id: bucket.id, site_id: bucket.siteId, class: bucket.class, day: bucket.day, master: master.number, sealed_key: hex(sealed) };
    expect(inHex(openBucket({ number: master.number, key: hex(master.key) }, row).key)).toBe(bucket.key);
    const { intakeId, share, wrapped } = vectors.lifeShare;
    expect(inHex(unwrapShare(bucketOf(bucket), intakeId, hex(wrapped)))).toBe(share);
  });

  it('opens the ring of a site’s and class’s buckets under the master', () => {
    const { master, bucket } = vectors.bucket;
    const { buckets, keys, sealed } = vectors.bucketRing;
    const ring = ringIn({ buckets, ring: hex(sealed) }, { number: master.number, key: hex(master.key) }, { siteId: bucket.siteId, class: bucket.class });
    expect(inHex(ring.keys!)).toBe(keys);
  });

  it('opens the halves’ key under the master, and a half under it', () => {
    const { master, halvesKey, row, half } = vectors.half;
    const sealedKey = { id: halvesKey.id, master: master.number, sealed: hex(halvesKey.sealed) };
    expect(inHex(openHalvesKey({ number: master.number, key: hex(master.key) }, sealedKey))).toBe(halvesKey.key);
    expect(inHex(openHalf(hex(halvesKey.key), halvesKey.id, { ...row, sealed: hex(row.sealed) }))).toBe(half);
  });

  it('opens a class with the intake’s key and the share', () => {
    const { intakeKey, share, place, widths, cells, section, digest } = vectors.sealedClass;
    const { siteId, intakeId, class: of } = place;
    const { ticket } = AccessTicket.issue({ siteId, memberId: vectors.grant.memberId, intakeIds: [intakeId], classes: [of], use: 'inside-transaction' });
    const opened = openClass(ticket, { intakeKey: hex(intakeKey), share: hex(share) }, place, { bytes: hex(section), digest }, widths);
    expect(apart(opened).map(inHex)).toEqual(cells);
  });

  it('reads and writes cells', () => {
    for (const { path, width, value, cell, blank } of vectors.cell) {
      const field = catalogue.byPath(path)!;
      expect([path, field.width, inHex(encodeCell(field, value)), inHex(encodeCell(field, undefined))]).toEqual([path, width, cell, blank]);
      expect([decodeCell(field, hex(cell)), decodeCell(field, hex(blank))]).toEqual([value, undefined]);
    }
  });

  it('reads a master file', () => {
    const directory = mkdtempSync(join(tmpdir(), 'thinfile-'));
    try {
      writeFileSync(join(directory, 'master.key'), hex(vectors.masterFile.file));
      expect(new MasterFile([directory]).read().map(({ number, key }) => ({ number, key: inHex(key) }))).toEqual(vectors.masterFile.masters);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
