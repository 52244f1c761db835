import { expect, it } from '@jest/globals';
import { leafHashText } from '../../../src/audit/growing-tree.js';
import { leafText } from '../../../src/audit/leaf.js';
import { NO_PARTS } from '../../../src/audit/verify/disclosed-parts.js';
import { LogWalk } from '../../../src/audit/verify/log-walk.js';

const ENTRIES = 200_000;

it('a log of which very many entries have lost parts that are never pruned is gone through to its end', () => {
  const walk = new LogWalk();
  const part = { text: '{}', salt: Buffer.alloc(32) };
  const head = { kind: 'site.changed', time: '2027-03-01T15:00:00Z', epoch: '5e0c5b5e-0000-4000-8000-000000000001', counter: 999_999 } as const;
  const [before, after] = leafText(head, { actor: part, subject: part, context: part }).split('999999') as [string, string];
  for (let index = 0; index < ENTRIES; index++) {
    const leaf = `${before}${index + 1}${after}`;
    const hash = leafHashText(leaf, 'latin1');
    walk.add({ index, entryId: undefined, leaf, hash, row: undefined, tile: hash, parts: NO_PARTS, columns: undefined });
  }
  walk.end();
  expect(walk.findings.total).toBe(ENTRIES);
  expect(walk.findings.inOrder()[0]).toEqual({ kind: 'parts-gone', index: 0 });
});
