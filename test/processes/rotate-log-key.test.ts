import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestService, type TestService } from '../support/test-service.js';
import { spawnProgram } from '../support/spawned.js';

describe('the command that changes the log’s key', () => {
  let service: TestService;
  const directory = mkdtempSync(join(tmpdir(), 'thinfile-rotate-'));
  beforeAll(async () => (service = await startTestService()));
  afterAll(async () => {
    await service.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  it('does so beside the running service, which signs with the new one', async () => {
    const { settings, urls } = service.databases;
    const before = (await service.api().get('/api/audit/vkey')).text.trim();
    const program = spawnProgram('cli', ['rotate-log-key'], directory, {
      THINFILE_DATA: settings.dataDirectory,
      RECORDS_DATABASE_URL: urls.records.service,
      RECORDS_OWNER_URL: urls.records.owner,
      KEYS_DATABASE_URL: urls.keys.service,
      KEYS_OWNER_URL: urls.keys.owner,
    });
    expect([await program.end(), program.printed()]).toEqual([0, expect.stringContaining(`Old key: ${before}\n`)]);
    const after = (await service.api().get('/api/audit/vkey')).text.trim();
    expect(program.printed()).toContain(`New key: ${after}\n`);
    expect(after).not.toBe(before);
    expect(readdirSync(settings.secretsDirectories[0]).filter((name) => name.startsWith('log-signing-key'))).toEqual(['log-signing-key.pem']);
    expect(service.said.filter((line) => line.includes('signer.failed'))).toEqual([]);
  });
});
