import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { partsLine, writeSalt } from '../../../src/audit/export/exported-parts.js';
import { committedLine, NO_COMMITMENT, type CommittedLine } from '../../../src/audit/verify/committed-line.js';
import { PART_NAMES } from '../../../src/audit/verify/disclosed-parts.js';

const RUNS = { numRuns: 3_000 };
const salt = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes));
const entryOf = (characters: string) => {
  const part = fc.option(fc.tuple(fc.string({ unit: fc.constantFrom(...characters), maxLength: 60 }), salt));
  return fc.record({ index: fc.nat(70_000), actor: part, subject: part, context: part });
};
const ESCAPED_OR_NOT = '{}[]:,"\\aZ09 ~-';
const entry = entryOf(ESCAPED_OR_NOT);
type Entry = typeof entry extends fc.Arbitrary<infer T> ? T : never;

function lineOf({ index, actor, subject, context }: Entry): Buffer {
  return Buffer.from(
    partsLine({
      index,
      ...{ actor: actor?.[0] ?? null, subject: subject?.[0] ?? null, context: context?.[0] ?? null },
      ...{ actor_salt: actor?.[1] ?? null, subject_salt: subject?.[1] ?? null, context_salt: context?.[1] ?? null },
    }),
  );
}

/** What the line commits to, as whoever parses it has it; undefined where it is none of the index. */
function parsed(line: Buffer, index: number): CommittedLine | undefined {
  let value: Record<string, { part?: unknown; salt?: unknown } | undefined> & { index?: unknown };
  try {
    value = JSON.parse(line.toString('utf8')) as typeof value;
  } catch {
    return undefined;
  }
  if (value?.index !== index) return undefined;
  const commitments = PART_NAMES.map((name) => {
    const bytes = Buffer.alloc(32);
    const { part: text, salt: given } = value[name] ?? {};
    if (typeof text !== 'string' || !writeSalt(given, bytes)) return NO_COMMITMENT;
    return createHash('sha256').update(bytes).update(text, 'utf8').digest('base64');
  });
  return { given: PART_NAMES.reduce((bits, name, bit) => bits | (value[name] === undefined ? 0 : 1 << bit), 0), commitments: commitments.join('') };
}

/** Between other lines, as it stands in a file. */
function cut(line: Buffer, index: number): CommittedLine | undefined {
  const before = Buffer.from('{"index":1}\n');
  const end = line.indexOf(10);
  return committedLine(Buffer.concat([before, line, Buffer.from('{"index":3,"actor":{"part":"","salt":"')]), before.length, before.length + (end < 0 ? line.length : end), index);
}

describe('a line of disclosed parts that is taken apart where it stands', () => {
  it('says what it commits to as one that is parsed does, and nothing where it is more than ASCII', () => {
    fc.assert(
      fc.property(fc.oneof(entry, entryOf(`${ESCAPED_OR_NOT}é\x7f`)), (of) => {
        const line = lineOf(of);
        const isPlain = /^[ -~]*$/.test(line.toString('latin1', 0, line.length - 1));
        expect(cut(line, of.index)).toEqual(isPlain ? parsed(line, of.index) : undefined);
        expect(cut(line, of.index + 1)).toBeUndefined();
      }),
      RUNS,
    );
  });

  it('is left to be parsed, or says the same, whatever was changed in it', () => {
    const change = fc.tuple(fc.nat(), fc.nat(3), fc.oneof(fc.constantFrom('"', '\\', '\\n', '\\u0041', '=', '-', '_', '}', ',"actor":{"part":"a","salt":""}', 'é', '\0', '\x7f', ' '), fc.string({ maxLength: 3 })));
    let told = 0;
    fc.assert(
      fc.property(entry, fc.array(change, { minLength: 1, maxLength: 2 }), (of, changes) => {
        let line = lineOf(of);
        for (const [at, less, more] of changes) {
          const from = at % (line.length - 1);
          line = Buffer.concat([line.subarray(0, from), Buffer.from(more), line.subarray(Math.min(from + less, line.length - 1))]);
        }
        const [first] = line.toString('latin1').split('\n');
        const said = cut(line, of.index);
        if (!said) return;
        told++;
        expect(said).toEqual(parsed(Buffer.from(first!, 'latin1'), of.index));
      }),
      RUNS,
    );
    expect(told).toBeGreaterThan(50); // most changes that leave it a line are of a text or a salt
  });

  it('has no salt but what writeSalt takes for one', () => {
    const marked = (text: string): Buffer => Buffer.from(`{"index":7,"actor":{"part":"a","salt":"${text}"}}\n`);
    fc.assert(
      fc.property(salt, fc.nat(43), fc.constantFrom(...'ABCDabcd0123+/-_= .'), (bytes, at, other) => {
        const text = bytes.toString('base64');
        const changed = text.slice(0, at) + other + text.slice(at + 1);
        const isOne = writeSalt(changed, Buffer.alloc(32));
        expect(cut(marked(changed), 7)).toEqual(isOne ? parsed(marked(changed), 7) : undefined);
      }),
      RUNS,
    );
    for (const last of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/') expect(cut(marked(`${'A'.repeat(42)}${last}=`), 7) !== undefined).toBe('AEIMQUYcgkosw048'.includes(last));
  });

  it('is left to be parsed where the file ends with it, and where a text is long', () => {
    const line = lineOf({ index: 7, actor: ['{}', Buffer.alloc(32, 1)], subject: null, context: null });
    expect(committedLine(line, 0, line.length - 1, 7)).toBeDefined();
    expect(committedLine(line.subarray(0, -1), 0, line.length - 1, 7)).toBeUndefined();
    const long = (length: number): Buffer => lineOf({ index: 7, actor: ['a'.repeat(length), Buffer.alloc(32, 1)], subject: null, context: null });
    expect(cut(long(4_095), 7)).toEqual(parsed(long(4_095), 7));
    expect(cut(long(4_097), 7)).toBeUndefined();
  });
});
