import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseVerifierKey } from '../../../src/audit/verifier-key.js';
import { unexpectedFiles } from '../../../src/audit/verify/unexpected-files.js';
import { verifyExportedLog } from '../../../src/audit/verify/verify-exported-log.js';
import { partsPath, tilePath } from '../../../src/audit/export/tile-path.js';
import { ExportCopy, TamperedExport } from './tampered-export.js';

let made: TamperedExport;
beforeAll(async () => (made = await TamperedExport.make()));
afterAll(() => made.close());

const verify = ({ directory }: ExportCopy) => verifyExportedLog(directory, parseVerifierKey(made.vkey)!, [], () => undefined);

function add(copy: ExportCopy, path: string): void {
  mkdirSync(dirname(join(copy.directory, path)), { recursive: true });
  copy.write(path, 'noise');
}

const ADDED = [
  'tile/0/000.p/10', 'tile/0/002.p/88', 'tile/0/002.p/256', 'tile/0/002.p/089', 'tile/0/002', 'tile/0/003', 'tile/0/x000/000', 'tile/0/x001/000', 'tile/0/000.bak',
  'tile/1/000.p/1', 'tile/1/000', 'tile/entries/000.p/200', 'tile/entries/003.p/1', 'tile/entries/x001/x234/067',
  'parts/000.p/1', 'parts/003', 'parts/x000/001', 'parts/notes', 'checkpoint.77', 'checkpoint.old', 'vkeys2', 'tile/notes',
];
const WHOLE_DIRECTORIES = ['tile/2', 'tile/00', 'tile/-1', 'tile/entries2', 'tiles', 'tile/0/x1000', 'tile/0/00x', 'parts/x000/x000/x000/x000/x000/x000'];

describe('an export with a file more than it has', () => {
  it.each(ADDED)('%s, has it named', async (path) => {
    const copy = made.copy();
    add(copy, path);
    expect(await verify(copy)).toMatchObject({ findings: [{ kind: 'file-added', name: path }], total: 1, entries: 601 });
  });

  it.each(WHOLE_DIRECTORIES)('in a directory that it does not have, %s, has that named', async (path) => {
    const copy = made.copy();
    for (const file of ['000', '001', 'x000/000']) add(copy, `${path}/${file}`);
    expect((await verify(copy)).findings).toEqual([{ kind: 'file-added', name: path }]);
  });

  it('that computers put everywhere, or that somebody noted something in, is as good as without', async () => {
    const copy = made.copy();
    for (const path of ['.DS_Store', 'tile/.DS_Store', 'parts/.hidden/000', 'read-me', 'notes/000']) add(copy, path);
    expect((await verify(copy)).findings).toEqual([]);
  });

  it('that is a link to where it came from has that named, and is not followed', async () => {
    const copy = made.copy();
    symlinkSync('..', join(copy.directory, 'tile/0/x000'));
    expect((await verify(copy)).findings).toEqual([{ kind: 'file-added', name: 'tile/0/x000' }]);
  });

  it('counts them all, and keeps as many as of any finding', async () => {
    const copy = made.copy();
    for (let file = 0; file < 1_200; file++) copy.write(`parts/note-${file}`, '');
    const { findings, total } = await verify(copy);
    expect([findings.length, total]).toEqual([1_000, 1_200]);
  });
});

it.each([1, 255, 256, 257, 65_535, 65_536, 65_537, 256_000, 256_300])('an export of %i entries has no file that it does not have', async (size) => {
  const copy = made.copy();
  for (const path of ['tile', 'parts']) copy.remove(path);
  for (let [level, items] = [0, size]; items > 0; level++, items = Math.floor(items / 256)) {
    for (let number = 0; number * 256 < items; number += number < 3 ? 1 : Math.max(1, Math.floor(items / 256 / 20))) {
      const width = Math.min(256, items - number * 256);
      add(copy, tilePath(level, number, width));
      if (level === 0) for (const path of [tilePath('entries', number, width), partsPath(number, width)]) add(copy, path);
    }
    const last = Math.ceil(items / 256) - 1;
    add(copy, tilePath(level, last, items - last * 256));
  }
  for await (const file of unexpectedFiles(copy.directory, size, [])) expect(file).toBeUndefined();
});
