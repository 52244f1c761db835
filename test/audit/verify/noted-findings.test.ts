import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CONTEXT } from '../../../src/audit/entry-parts.js';
import { digestsOf, type NotedFinding } from '../../../src/audit/verify/noted-findings.js';

interface Vector {
  readonly lists: readonly { readonly site?: string; readonly json: string; readonly digest: string }[];
  readonly findings: readonly NotedFinding[];
}

/** Any words: of a section's class whoever owns the database can make what they like. */
const finding = fc.record(
  { kind: fc.string({ unit: 'grapheme' }), index: fc.nat(), siteId: fc.constantFrom('b1111111-1111-4111-8111-111111111111', 'b2222222-2222-4222-8222-222222222222'), intakeId: fc.uuid(), class: fc.string({ unit: 'grapheme' }) },
  { requiredKeys: ['kind'] },
) as fc.Arbitrary<NotedFinding>;

describe('the digests of what a verification has found', () => {
  const vector = JSON.parse(readFileSync(new URL('../../vectors/verification-findings.json', import.meta.url), 'utf8')) as Vector;

  it('are those that are written down', () => {
    expect(digestsOf(vector.findings)).toEqual(vector.lists.map(({ json: _, ...list }) => list));
    for (const { json, digest } of vector.lists) expect(createHash('sha256').update(json).digest('hex')).toBe(digest);
  });

  it('are none of nothing, and may stand in an entry whatever was found', () => {
    expect(digestsOf([])).toEqual([]);
    fc.assert(fc.property(fc.array(finding), (findings) => expect(CONTEXT.findings(digestsOf(findings))).toBe(true)));
  });

  it('are the same of the same lists alone', () => {
    const listsOf = (findings: readonly NotedFinding[]) =>
      ['b1111111-1111-4111-8111-111111111111', 'b2222222-2222-4222-8222-222222222222', undefined].map((site) => findings.filter(({ siteId }) => siteId === site));
    const change = fc.tuple(fc.array(finding, { minLength: 1, maxLength: 6 }), fc.nat(), finding, fc.constantFrom('put', 'add', 'remove', 'last'));
    fc.assert(
      fc.property(change, ([findings, at, other, what]) => {
        const place = at % findings.length;
        const changed = {
          put: findings.with(place, other),
          add: findings.toSpliced(place, 0, other),
          remove: findings.toSpliced(place, 1),
          last: [...findings.toSpliced(place, 1), findings[place]!],
        }[what];
        const isSame = JSON.stringify(listsOf(findings)) === JSON.stringify(listsOf(changed));
        expect(JSON.stringify(digestsOf(findings)) === JSON.stringify(digestsOf(changed))).toBe(isSame);
      }),
    );
  });
});
