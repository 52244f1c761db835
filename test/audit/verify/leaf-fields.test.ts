import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from '../../../src/audit/canonical-json.js';
import { ENTRY_KINDS } from '../../../src/audit/entry.js';
import { leafText, saltParts } from '../../../src/audit/leaf.js';
import { leafFields } from '../../../src/audit/verify/leaf-fields.js';

const heads = fc.record(
  {
    kind: fc.constantFrom(...ENTRY_KINDS),
    time: fc.date({ min: new Date('2000-01-01'), max: new Date('2999-12-31'), noInvalidDate: true }).map((date) => `${date.toISOString().slice(0, 19)}Z`),
    epoch: fc.uuid(),
    counter: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
    voided: fc.array(fc.integer({ min: 1 }), { minLength: 1, maxLength: 200 }),
  },
  { requiredKeys: ['kind', 'time', 'epoch', 'counter'] },
);

/** The grammar of a leaf, docs/formats.md, "Log leaf". */
const COMMITMENT = '[A-Za-z0-9+/]{43}=';
const LEAF = new RegExp(
  `^\\{"actor":"${COMMITMENT}","context":"${COMMITMENT}","counter":[1-9][0-9]{0,15},"epoch":"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}","kind":"[a-z.-]{1,48}",` +
    `"subject":"${COMMITMENT}","time":"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z","v":1(?:,"voided":\\[[0-9,]+\\])?\\}$`,
);

describe('the fields of a leaf', () => {
  it('are those that parsing it gives, of every leaf that the log writes', () => {
    fc.assert(
      fc.property(heads, (head) => {
        const leaf = leafText(head, saltParts({ actor: {}, subject: {}, context: {} }));
        const { v, ...parsed } = JSON.parse(leaf) as Record<string, unknown>;
        const { counter, epoch, kind, time } = head;
        const inColumns = { writer: `${counter},"epoch":"${epoch}","kind":"${kind}`, timestamp: time.replace('T', ' ').replace('Z', '+00') };
        expect({ v, ...leafFields(leaf) }).toEqual({ v: 1, voided: [], ...parsed, counter: String(counter), ...inColumns });
      }),
    );
  });

  it('are none where a leaf could have been written otherwise', () => {
    const leaf = leafText({ kind: 'log.read', time: '2027-03-01T15:00:00Z', epoch: 'a1111111-1111-4111-8111-111111111111', counter: 7 }, saltParts({ actor: {}, subject: {}, context: {} }));
    const parsed = JSON.parse(leaf) as Record<string, unknown>;
    expect(leafFields(canonicalJson(parsed))).toBeDefined();
    for (const other of [` ${leaf}`, `${leaf}\n`, leaf.replace('"v":1', '"v":1.0'), leaf.replace(':7,', ':07,'), JSON.stringify({ v: 1, ...parsed }), canonicalJson({ ...parsed, more: 1 }), canonicalJson({ ...parsed, v: 2 })]) {
      expect(leafFields(other)).toBeUndefined();
    }
  });

  it('are there for what the grammar allows and for nothing else, whatever was cut out of a leaf or put into it', () => {
    const pieces = fc.oneof(fc.string({ maxLength: 3 }), fc.constantFrom('"', ',', '0', '12345678', '=', '\n', 'é', '","kind":"', '","subject":"', ',"voided":[1]'));
    fc.assert(
      fc.property(heads, fc.nat(400), fc.constantFrom(0, 0, 1, 2, 43, 44, 45), pieces, (head, at, removed, put) => {
        const leaf = leafText(head, saltParts({ actor: {}, subject: {}, context: {} }));
        const other = leaf.slice(0, at) + put + leaf.slice(at + removed);
        expect(leafFields(other) !== undefined).toBe(LEAF.test(other));
      }),
      { numRuns: 3_000 },
    );
  });
});
