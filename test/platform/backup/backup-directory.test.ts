import { mkdirSync, mkdtempSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { mayHoldBackups } from '../../../src/platform/backup/backup-directory.js';
import { backupName } from '../../../src/platform/backup/backup-name.js';
import { Settings } from '../../../src/platform/settings.js';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'thinfile-where-')));
const at = (...parts: string[]): string => join(root, ...parts);
const settings = new Settings({ dataDirectory: at('data'), secretsDirectories: [at('secrets'), at('more', 'secrets')] });
mkdirSync(at('data'));
mkdirSync(at('secrets'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('where a backup may lie', () => {
  it('in a directory that it makes, for the owner alone', () => {
    expect(mayHoldBackups(settings, 'keys', at('new', 'place'))).toBe(at('new', 'place'));
    expect(statSync(at('new', 'place')).mode & 0o777).toBe(0o700);
    expect(mayHoldBackups(settings, 'records', at('data-elsewhere'))).toBe(at('data-elsewhere'));
    expect(mayHoldBackups(settings, 'records', at('..hidden'))).toBe(at('..hidden'));
  });

  it('not in the data directory, by whatever name', () => {
    symlinkSync(at('data'), at('link'));
    for (const place of [at('data'), at('data', 'backups'), at('link', 'backups')]) {
      expect(() => mayHoldBackups(settings, 'records', place)).toThrow(/inside the data directory/);
    }
  });

  it('not in a secrets directory', () => {
    for (const place of [at('secrets'), at('secrets', 'keys'), at('more', 'secrets', 'x')]) {
      expect(() => mayHoldBackups(settings, 'keys', place)).toThrow(/secrets directory/);
    }
  });

  it('not beside one of the other database', () => {
    const day = new Date('2027-02-01T17:00:00.123Z');
    expect(backupName('records', day)).toBe('thinfile-records-20270201T170000Z.tar');
    mkdirSync(at('nightly'));
    writeFileSync(at('nightly', backupName('records', day)), '');
    expect(() => mayHoldBackups(settings, 'keys', at('nightly'))).toThrow(/other database/);
    expect(mayHoldBackups(settings, 'records', at('nightly'))).toBe(at('nightly'));
  });
});
