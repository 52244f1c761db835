import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { spawnProgram, type Spawned } from '../support/spawned.js';

const root = mkdtempSync(join(tmpdir(), 'thinfile-backup-'));
const environment = { THINFILE_DATA: join(root, 'data'), PORT: '0' };
let service: Spawned | undefined;

async function cli(...args: string[]): Promise<readonly [number | null, string]> {
  const command = spawnProgram('cli', args, root, environment);
  return [await command.end(), command.printed()];
}

async function start(): Promise<string> {
  service = spawnProgram('main', [], root, environment);
  const [, url] = await service.waitFor(/Thinfile is at (\S+)/);
  return url!;
}

async function stop(): Promise<void> {
  await service?.end('SIGINT');
  service = undefined;
}

afterEach(stop);
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('the commands for backups, beside a running service', () => {
  it('write one file each, into places apart, and bring the records back into an empty place', async () => {
    await start();
    expect(await cli('backup-records', join(root, 'r'))).toEqual([0, expect.stringContaining('sealed answers and no key')]);
    const [name] = readdirSync(join(root, 'r'));
    expect(readdirSync(join(root, 'r'))).toEqual([expect.stringMatching(/^thinfile-records-\d{8}T\d{6}Z\.tar$/)]);
    expect(await cli('backup-keys', join(root, 'r'))).toEqual([1, expect.stringContaining('other database')]);
    expect(await cli('export-log', join(root, 'log'))).toEqual([0, expect.stringMatching(/^\d+ entries in /)]);
    expect(await cli('export-log', join(root, 'log'))).toEqual([1, expect.stringContaining('overwrites nothing')]);
    expect(await cli('restore-check')).toEqual([0, expect.stringContaining('nothing to check')]);
    expect(await cli('check')).toEqual([expect.anything(), expect.not.stringMatching(/run-late|run-failed|master-unreachable|not-checked|records-restored/)]);
    const file = join(root, 'r', name!);
    expect(await cli('restore-records', file)).toEqual([1, expect.stringContaining('Stop it first')]);
    await stop();
    renameSync(join(root, 'data', 'records'), join(root, 'away'));
    expect(await cli('restore-records', file)).toEqual([0, expect.stringContaining('are back')]);
    expect(existsSync(join(root, 'data', 'records', 'PG_VERSION'))).toBe(true);
    // Nothing has happened since but the shutdown: these records are the ones the key store remembers.
    expect((await fetch(`${await start()}/healthz`)).status).toBe(200);
  }, 300_000);
});
