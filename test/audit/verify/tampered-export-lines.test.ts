import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LogExport } from '../../../src/audit/export/read-export.js';
import { parseVerifierKey } from '../../../src/audit/verifier-key.js';
import { verifyExportedLog } from '../../../src/audit/verify/verify-exported-log.js';
import { ExportCopy, TamperedExport } from './tampered-export.js';

let made: TamperedExport;
beforeAll(async () => (made = await TamperedExport.make()));
afterAll(() => made.close());

const key = () => parseVerifierKey(made.vkey)!;
const verify = async ({ directory }: ExportCopy) => (await verifyExportedLog(directory, key(), [], () => undefined)).findings;

const [PARTS, LAST] = ['parts/001', 'parts/002.p/89'] as const;
const FORGED = '"actor":{"part":"{\\"member\\":\\"somebody-else\\"}","salt":""},';
/** The line of entry 300, the 44th, which says to a parser what it said before. */
const OTHERWISE: readonly (readonly [what: string, change: (line: string) => string])[] = [
  ['a doubled part, of which the first is forged', (line) => line.replace('"actor":', `${FORGED}"actor":`)],
  ['a doubled text in a part', (line) => line.replace('{"part":', '{"part":"{\\"member\\":\\"somebody-else\\"}","part":')],
  ['a doubled salt', (line) => line.replace('"salt":', '"salt":"","salt":')],
  ['a doubled index', (line) => line.replace('"index":', '"index":7,"index":')],
  ['a member that no line has', (line) => line.replace('"actor":', '"note":"all is well","actor":')],
  ['a member that no part has', (line) => line.replace('{"part":', '{"note":"all is well","part":')],
  ['a member of another name at its end', (line) => line.replace(/\}$/, ',"__proto__":{"part":""}}')],
  ['parts in another order', (line) => line.replace(/("actor":.*?"salt":"[^"]*"\}),("subject":.*?"salt":"[^"]*"\})/, '$2,$1')],
  ['a salt before its text', (line) => line.replace(/("part":"(?:\\.|[^"\\])*"),("salt":"[^"]*")/, '$2,$1')],
  ['a space', (line) => line.replace(':', ': ')],
  ['a carriage return', (line) => `${line}\r`],
  ['an escape for a character that needs none', (line) => line.replace('purpose', '\\u0070urpose')],
  ['an index with a point', (line) => line.replace('300', '300.0')],
  ['a part nested deeper than it can be written', (line) => line.replace(/"actor":\{"part":"(\\.|[^"\\])*"/, `"actor":{"part":${'['.repeat(20_000)}${']'.repeat(20_000)}`)],
];

describe('an export whose parts have', () => {
  it.each(OTHERWISE)('a line with %s is found, and read by nobody', async (_what, change) => {
    const copy = made.copy();
    copy.lines(PARTS, (all) => all.map((line, at) => (at === 44 ? change(line) : line)));
    expect((await verify(copy))[0]).toEqual({ kind: 'parts-line-wrong', index: 300 });
    expect(() => [...LogExport.open(copy.directory, key()).entries()]).toThrow('Entry 300: its disclosed parts are missing.');
  });

  it('a last line without its line feed is found', async () => {
    const copy = made.copy();
    copy.write(PARTS, copy.bytes(PARTS).subarray(0, -1));
    expect((await verify(copy))[0]).toEqual({ kind: 'parts-line-wrong', index: 511 });
  });

  it('bytes that are not UTF-8 are found as a line that is none', async () => {
    const copy = made.copy();
    const bytes = readFileSync(`${copy.directory}/${PARTS}`, 'latin1').split('\n');
    // Whatever the parts say: bytes of no text are no line, and are not taken for the character that stands for them.
    bytes[44] = bytes[44]!.replace('"part":"', '"part":"\xff');
    copy.write(PARTS, Buffer.from(bytes.join('\n'), 'latin1'));
    expect((await verify(copy))[0]).toEqual({ kind: 'parts-line-wrong', index: 300 });
  });

  it.each([
    ['a line more than entries', '{"index":601}\n'],
    ['a line of an entry once more', '{"index":600}\n'],
    ['an empty line at its end', '\n'],
    ['bytes at its end', '\0'],
  ])('%s is found', async (_what, more) => {
    const copy = made.copy();
    copy.write(LAST, Buffer.concat([copy.bytes(LAST), Buffer.from(more)]));
    copy.write(PARTS, Buffer.concat([copy.bytes(PARTS), Buffer.from(more)]));
    expect(await verify(copy)).toEqual([
      { kind: 'file-differs', name: PARTS },
      { kind: 'file-differs', name: LAST },
    ]);
  });
});
