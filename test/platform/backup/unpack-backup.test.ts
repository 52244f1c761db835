import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { BackupKind } from '../../../src/platform/backup/backup-name.js';
import { TAR_END, tarHeader, tarPadding } from '../../../src/platform/backup/tar-entry.js';
import { unpackBackup } from '../../../src/platform/backup/unpack-backup.js';

const root = mkdtempSync(join(tmpdir(), 'thinfile-unpack-'));
const AT = new Date('2027-02-01T17:00:00Z');
const FILES = { PG_VERSION: '18\n', 'base/1/1259': 'x'.repeat(1_500), 'pg_wal/000000010000000000000002': 'wal' };
let directory: string;
let count = 0;

beforeEach(() => {
  directory = join(root, `cluster-${count++}`);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** As PostgreSQL writes one. */
function manifestOf(files: Readonly<Record<string, string>>): string {
  const listed = Object.entries(files).filter(([path]) => !path.startsWith('pg_wal/'));
  const lines = listed.map(([path, content]) => JSON.stringify({ Path: path, Size: content.length, 'Checksum-Algorithm': 'SHA256', Checksum: sha256(content) }));
  const text = `{ "PostgreSQL-Backup-Manifest-Version": 2,\n"Files": [\n${lines.join(',\n')}\n],\n`;
  return `${text}"Manifest-Checksum": "${sha256(text)}"}\n`;
}

function entry(name: string, content: string): Buffer {
  return Buffer.concat([tarHeader(name, content.length, AT), Buffer.from(content), tarPadding(content.length)]);
}

function folder(name: string): Buffer {
  const header = tarHeader(name, 0, AT);
  header.write('5', 156, 'latin1');
  return resummed(header);
}

/** Writes the checksum of a header that was changed. */
function resummed(header: Buffer): Buffer {
  header.write(' '.repeat(8), 148, 'latin1');
  const total = header.reduce((sum, byte) => sum + byte, 0);
  header.write(`${total.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return header;
}

function archive(parts: readonly Buffer[] = [], manifest = manifestOf(FILES), kind = 'records'): Buffer {
  const files = Object.entries(FILES).map(([name, content]) => entry(name, content));
  const note = entry('thinfile-backup.json', JSON.stringify({ kind, at: AT.toISOString() }));
  return Buffer.concat([note, folder('base/1'), folder('pg_wal'), ...files, ...parts, entry('backup_manifest', manifest), TAR_END]);
}

async function unpack(bytes: Buffer, kind: BackupKind = 'records'): Promise<Date> {
  const file = join(root, 'some.tar');
  writeFileSync(file, bytes);
  return unpackBackup({ kind, file, directory, own: () => undefined });
}

describe('unpacking a backup', () => {
  it('makes a directory of the owner’s alone with every file', async () => {
    expect(await unpack(archive())).toEqual(AT);
    for (const [name, content] of Object.entries(FILES)) expect(readFileSync(join(directory, name), 'utf8')).toBe(content);
    expect([statSync(directory).mode & 0o777, statSync(join(directory, 'base/1/1259')).mode & 0o777]).toEqual([0o700, 0o600]);
    expect(existsSync(join(directory, 'thinfile-backup.json'))).toBe(false);
  });

  const bytesOf = (change: (bytes: Buffer) => void): Buffer => {
    const bytes = archive();
    change(bytes);
    return bytes;
  };
  it.each<[string, () => Buffer, RegExp]>([
    ['with a changed file', () => bytesOf((bytes) => bytes.write('y', bytes.indexOf('xxx'))), /1259 is not what the manifest says/],
    ['with a changed header', () => bytesOf((bytes) => bytes.write('Q', bytes.indexOf('PG_VERSION'))), /a header of the archive does not check/],
    ['with a changed manifest', () => archive([], manifestOf(FILES).replace('"Size":3', '"Size":4')), /its manifest does not check/],
    ['that lacks a file', () => archive([], manifestOf({ ...FILES, lost: 'gone' })), /lost is not what the manifest says/],
    ['with a file too many', () => archive([entry('base/1/extra', 'more')]), /extra, which its manifest does not know/],
    ['cut short', () => archive().subarray(0, 3_000), /cut short/],
    ['without its end', () => archive().subarray(0, -TAR_END.length), /cut short/],
    ['with a name that leads out', () => archive([entry('../outside', 'x')]), /leads out/],
    ['with a link', () => archive([resummed(Object.assign(tarHeader('link', 0, AT), { 156: 0x32 }))]), /neither a file nor a directory/],
    ['of the other database', () => archive([], undefined, 'keys'), /backup of the other database/],
    ['that is none', () => Buffer.from('nothing like it'), /no backup of Thinfile/],
  ])('leaves nothing behind of a backup %s', async (_what, bytes, message) => {
    await expect(unpack(bytes())).rejects.toThrow(message);
    expect([existsSync(directory), existsSync(`${directory}.restored`), existsSync(join(root, 'outside'))]).toEqual([false, false, false]);
  });

  it('overwrites nothing', async () => {
    mkdirSync(directory);
    await expect(unpack(archive())).rejects.toThrow(/nothing is overwritten/);
  });
});
