import { createHash, randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RETENTION_CLASSES } from '../../src/catalogue/retention-class.js';
import { randomBytes } from '../../src/crypto/random.js';
import { AccessTicket, type TicketGrounds } from '../../src/vault/access-ticket.js';
import { classNumber, openClass, sealClass, sectionDigest, type ClassPlace } from '../../src/vault/sealed-class.js';
import { apart, joined } from '../support/cells.js';
import { refusalCode } from '../support/refusal-code.js';

const keys = { intakeKey: randomBytes(32), share: randomBytes(32) };
const place: ClassPlace = { siteId: randomUUID(), intakeId: randomUUID(), class: 'identity', catalogueVersion: 1, intakeVersion: 4 };
const cells = [randomBytes(20), randomBytes(8), randomBytes(30)];
const widths = cells.map((cell) => cell.length);
const grounds: TicketGrounds = {
  siteId: place.siteId,
  memberId: randomUUID(),
  intakeIds: [randomUUID(), place.intakeId],
  classes: ['contact', 'identity'],
  use: 'inside-transaction',
};
const { ticket } = AccessTicket.issue(grounds);
const sealed = sealClass(keys, place, joined(cells));

describe('a sealed class', () => {
  it('opens whole, or those cells that are wanted', () => {
    expect(apart(openClass(ticket, keys, place, sealed, widths))).toEqual(cells);
    expect(apart(openClass(ticket, keys, place, sealed, widths, [2, 0]))).toEqual([cells[2], cells[0]]);
    expect(openClass(ticket, keys, place, sealed, widths, []).bytes).toHaveLength(0);
  });

  it('comes with the SHA-256 of its bytes', () => {
    expect(sealed.digest).toBe(createHash('sha256').update(sealed.bytes).digest('hex'));
  });

  it('needs both halves: the intake’s key and the share of life', () => {
    expect(refusalCode(() => openClass(ticket, { ...keys, intakeKey: randomBytes(32) }, place, sealed, widths))).toBe('COMMITMENT_WRONG');
    expect(refusalCode(() => openClass(ticket, { ...keys, share: randomBytes(32) }, place, sealed, widths))).toBe('COMMITMENT_WRONG');
    expect(refusalCode(() => openClass(ticket, { intakeKey: keys.share, share: keys.intakeKey }, place, sealed, widths))).toBe('COMMITMENT_WRONG');
  });

  it('is refused when it is not what the log says was written last, or the log says nothing', () => {
    const older = sealClass(keys, place, joined(cells));
    for (const digest of [older.digest, '', undefined, sealed.digest.toUpperCase()]) {
      expect(refusalCode(() => openClass(ticket, keys, place, { bytes: sealed.bytes, digest }, widths))).toBe('DIGEST_WRONG');
    }
  });

  it('is refused with any bit changed, even where the digest was changed to match', () => {
    fc.assert(
      fc.property(fc.nat(sealed.bytes.length * 8 - 1), (bit) => {
        const bytes = sealed.bytes.slice();
        bytes[bit >> 3]! ^= 1 << (bit & 7);
        expect(refusalCode(() => openClass(ticket, keys, place, { bytes, digest: sealed.digest }, widths))).toBe('DIGEST_WRONG');
        expect(refusalCode(() => openClass(ticket, keys, place, { bytes, digest: sectionDigest(bytes) }, widths))).toMatch(/FORMAT|CONTEXT|COMMITMENT|AUTHENTIC/);
      }),
    );
  });

  it('is refused at any other place, for which there is a ticket', () => {
    const others: ClassPlace[] = [
      { ...place, siteId: randomUUID() },
      { ...place, intakeId: randomUUID() },
      { ...place, class: 'contact' },
      { ...place, catalogueVersion: 2 },
      { ...place, intakeVersion: 3 },
    ];
    for (const other of others) {
      const { ticket: theirs } = AccessTicket.issue({ ...grounds, siteId: other.siteId, intakeIds: [other.intakeId], classes: [other.class] });
      expect(refusalCode(() => openClass(theirs, keys, other, sealed, widths))).toBe('CONTEXT_WRONG');
      const [moved, there] = [sealed.bytes.slice(), sealClass(keys, other, joined(cells)).bytes];
      moved.set(there.subarray(0, 43)); // with the header of that place
      expect(refusalCode(() => openClass(theirs, keys, other, { bytes: moved, digest: sectionDigest(moved) }, widths))).toBe('COMMITMENT_WRONG');
    }
  });

  it('has its class by the published number', () => {
    const published = ['contact', 'identity', 'address', 'household', 'situation', 'credentials', 'documents', 'notes', 'consents', 'preparer_list'] as const;
    expect(published.map(classNumber)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(RETENTION_CLASSES).toEqual(published);
    expect(sealed.bytes[36]).toBe(2);
  });
});

describe('an access ticket', () => {
  const open = (with_: AccessTicket): Uint8Array[] => apart(openClass(with_, keys, place, sealed, widths));

  it('for a read opens nothing before its log entry is committed, and then what it is for', () => {
    const { ticket: reading, committed } = AccessTicket.issue({ ...grounds, use: 'after-commit' });
    expect(() => open(reading)).toThrow('access ticket is pending');
    committed();
    expect(open(reading)).toEqual(cells);
  });

  it('for a read opens nothing when its transaction was rolled back, whatever is said afterwards', () => {
    const { ticket: reading, committed, ended } = AccessTicket.issue({ ...grounds, use: 'after-commit' });
    ended();
    committed();
    expect(() => open(reading)).toThrow('access ticket is void');
  });

  it('for a write opens inside its transaction and not after it', () => {
    const { ticket: writing, ended, committed } = AccessTicket.issue(grounds);
    expect(open(writing)).toEqual(cells);
    ended();
    committed();
    expect(() => open(writing)).toThrow('access ticket is void');
  });

  it.each<[string, Partial<TicketGrounds>]>([
    ['another site', { siteId: randomUUID() }],
    ['other intakes', { intakeIds: [randomUUID()] }],
    ['no intake', { intakeIds: [] }],
    ['other classes', { classes: ['contact', 'credentials'] }],
    ['no class', { classes: [] }],
  ])('for %s opens nothing', (_name, other) => {
    expect(() => open(AccessTicket.issue({ ...grounds, ...other }).ticket)).toThrow('for something else');
  });

  it('is judged before a byte is looked at', () => {
    const { ticket: pending } = AccessTicket.issue({ ...grounds, use: 'after-commit' });
    expect(() => openClass(pending, keys, place, { bytes: new Uint8Array(), digest: undefined }, widths)).toThrow('pending');
  });
});
