import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { commitment, isCommitted, leafText, leafTime, saltParts, type LeafHead, type SaltedParts } from '../../src/audit/leaf.js';
import { leafHash } from '../../src/audit/merkle.js';
import { reading } from './log-fixture.js';

interface LeafVector {
  readonly head: LeafHead;
  readonly parts: Readonly<Record<keyof SaltedParts, { readonly text: string; readonly salt: string }>>;
  readonly leaf: string;
  readonly hash: string;
}

const VECTORS = join(import.meta.dirname, '..', 'vectors', 'log-leaf.json');
const vectors = JSON.parse(readFileSync(VECTORS, 'utf8')) as readonly LeafVector[];
const EPOCH = 'e1111111-1111-4111-8111-111111111111';
const head: LeafHead = { kind: 'answers.read', time: '2027-03-01T15:00:00Z', epoch: EPOCH, counter: 1 };

describe('a leaf', () => {
  it('has the bytes and the hash of the vector file', () => {
    expect(vectors.length).toBeGreaterThan(1);
    for (const { head: of, parts, leaf, hash } of vectors) {
      const salted = Object.entries(parts).map(([name, { text, salt }]) => [name, { text, salt: Buffer.from(salt, 'hex') }]);
      expect(leafText(of, Object.fromEntries(salted) as SaltedParts)).toBe(leaf);
      expect(leafHash(Buffer.from(leaf)).toString('hex')).toBe(hash);
    }
  });

  it('commits to each part under its salt, and names none of them', () => {
    const entry = reading('b1111111-1111-4111-8111-111111111111');
    const parts = saltParts(entry);
    const leaf = JSON.parse(leafText(head, parts)) as Record<string, unknown>;
    const { text, salt } = parts.subject;
    expect(leaf['subject']).toBe(createHash('sha256').update(salt).update(text).digest('base64'));
    expect(JSON.stringify(leaf)).not.toContain(entry.subject.intake);
    expect(JSON.stringify(leaf)).not.toContain('contact');
  });

  it('commits to a text of any length, whatever was committed before it', () => {
    const salt = Buffer.alloc(32, 7);
    for (const length of [20_000, 5_461, 5_462, 5_460, 0, 20_000, 1]) {
      for (const letter of ['x', 'é', '数', '𝒜']) {
        const text = letter.repeat(length);
        expect(commitment({ text, salt })).toBe(createHash('sha256').update(salt).update(text, 'utf8').digest('base64'));
      }
    }
  });

  it('knows its own parts from all others', () => {
    const [parts, others] = [saltParts(reading('b1111111-1111-4111-8111-111111111111')), saltParts(reading('b2222222-2222-4222-8222-222222222222'))];
    const leaf = leafText(head, parts);
    expect(isCommitted(leaf, 'context', parts.context)).toBe(true);
    const { text, salt } = parts.context;
    for (const other of [others.context, parts.subject, { text: `${text} `, salt }, { text, salt: others.context.salt }, { text, salt: Buffer.alloc(0) }]) {
      expect(isCommitted(leaf, 'context', other)).toBe(false);
    }
    for (const noLeaf of ['', 'null', '{}', leaf.slice(1)]) expect(isCommitted(noLeaf, 'context', parts.context)).toBe(false);
  });

  it('does not show that two parts are equal', () => {
    const entry = reading('b1111111-1111-4111-8111-111111111111');
    const [one, other] = [leafText(head, saltParts(entry)), leafText(head, saltParts(entry))];
    for (const part of ['actor', 'subject', 'context']) {
      expect((JSON.parse(one) as Record<string, unknown>)[part]).not.toBe((JSON.parse(other) as Record<string, unknown>)[part]);
    }
  });

  it('has whole seconds of UTC', () => {
    expect(leafTime(new Date('2027-03-01T09:00:00.999-06:00'))).toBe('2027-03-01T15:00:00Z');
  });
});
