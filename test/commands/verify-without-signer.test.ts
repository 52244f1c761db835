import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SigningKey } from '../../src/audit/signing-key.js';
import { formatVerifierKey } from '../../src/audit/verifier-key.js';
import { LogNotGood, verifyLive } from '../../src/commands/verify-log.js';
import { signAll } from '../support/sign-all.js';
import { startTestService, type TestService } from '../support/test-service.js';

describe('a log whose signer’s memory is not there', () => {
  let service: TestService;
  let key: string;
  beforeAll(async () => {
    service = await startTestService();
    await signAll(service.app);
    key = formatVerifierKey(SigningKey.read(secrets()).verifier('kept'));
    away('log-signed-last.json');
  });
  afterAll(() => service.stop());

  const secrets = () => service.databases.settings.secretsDirectories[0];
  const away = (name: string) => renameSync(join(secrets(), name), join(secrets(), `${name}.away`));

  it('is not good on the machine that signs it', async () => {
    const said: string[] = [];
    await expect(verifyLive(service.app, {}, (line) => said.push(line))).rejects.toThrow(LogNotGood);
    expect(said[0]).toMatch(/^First: The signer’s memory knows nothing of the checkpoint thinfile\/[0-9a-f]{32} \d+: it is gone, or another one stands in its place\.$/);
    expect(said[1]).toMatch(/1 thing is wrong\.$/);
  });

  it('is compared with the rest on another one, by a key that somebody kept', async () => {
    away('log-signing-key.pem');
    const said: string[] = [];
    await verifyLive(service.app, { key }, (line) => said.push(line));
    expect(said).toEqual(['The log is not signed on this machine: it is not compared with what the signer remembers.', expect.stringMatching(/All of it is as it was written\.$/)]);
    await expect(verifyLive(service.app, {}, () => undefined)).rejects.toMatchObject({ code: 'LOG_STATE_MISSING' });
  });
});
