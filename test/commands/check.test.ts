import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { check } from '../../src/commands/check.js';
import { purge } from '../../src/commands/purge.js';
import { addDays, Clock } from '../../src/platform/clock.js';
import { foundSite } from '../../src/demo/members.js';
import { signAll } from '../support/sign-all.js';
import { startEmptyService, type EmptyService } from '../web/empty-service.js';

/** Commands beside a service that goes by the real clock. */
describe('the commands for operators', () => {
  let service: EmptyService;
  const output = jest.spyOn(process.stdout, 'write').mockImplementation(() => true);
  const printed = (): string => output.mock.calls.splice(0).map(([text]) => String(text)).join('');
  const clock = Clock.system();
  const today = () => clock.today('America/New_York');

  beforeAll(async () => {
    service = await startEmptyService(clock);
    await foundSite(service.app);
    await service.databases.keysOwner('UPDATE key_store SET last_run_day = $1', [addDays(today(), -9)]);
  });
  afterAll(async () => {
    output.mockRestore();
    await service.stop();
  });

  it('check fails and says what to do while the date waits to be confirmed', async () => {
    await expect(check(service.app)).rejects.toThrow(/serious/);
    expect(printed()).toMatch(/^serious date-unconfirmed \(reason=long-since-last-run\): .*purge --confirm-today/m);
  });

  it('purge destroys nothing without the date, nor with a wrong one, and runs with the right one', async () => {
    await expect(purge(service.app, undefined)).rejects.toThrow(/--confirm-today/);
    await expect(purge(service.app, addDays(today(), 1))).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await purge(service.app, today());
    expect(printed()).toMatch(/: finished/);
  });

  it('check says at once that a log that was rolled back is not signed', async () => {
    const { recordsOwner } = service.databases;
    await signAll(service.app);
    const [head] = await recordsOwner<{ size: number; frontier: Buffer }>('SELECT size, frontier FROM log_head');
    await recordsOwner(`UPDATE log_head SET size = 0, frontier = ''`);
    await expect(check(service.app)).rejects.toThrow(/serious/);
    await recordsOwner('UPDATE log_head SET size = $1, frontier = $2', [head!.size, head!.frontier]);
    expect(printed()).toMatch(/^serious log-unsigned \(fault=LOG_ROLLED_BACK\): The access log is no longer signed\./m);
    await check(service.app).catch(() => undefined);
    expect(printed()).not.toMatch(/log-unsigned/);
  });

  it('check names what is serious and nothing that is well again', async () => {
    const file = join(service.databases.settings.secretsDirectories[0], 'master.key');
    renameSync(file, `${file}.away`);
    await expect(check(service.app)).rejects.toThrow(/serious/);
    renameSync(`${file}.away`, file);
    expect(printed()).toMatch(/^serious master-unreachable \(location=1\): /m);
    await check(service.app).catch(() => undefined); // the disk of this machine may be full
    expect(printed()).not.toMatch(/date-unconfirmed|master-unreachable|run-/);
  });
});
