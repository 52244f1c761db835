import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccessLog } from '../../src/audit/append-entry.js';
import { AuditModule } from '../../src/audit/audit.module.js';
import { EventLog } from '../../src/platform/event-log.js';
import { PlatformModule } from '../../src/platform/platform.module.js';
import { Nightly } from '../../src/retention/nightly.js';
import { PurgeRuns } from '../../src/retention/purge-runs.js';
import { RetentionModule } from '../../src/retention/retention.module.js';
import { RunPurge } from '../../src/retention/run-purge.js';
import { VaultModule } from '../../src/vault/vault.module.js';
import { TestClock } from '../support/test-clock.js';
import { makeDatabases, type TestDatabases } from '../support/test-databases.js';
import { NOON } from './purge-world.js';

describe('the retention module', () => {
  let databases: TestDatabases;
  let app: INestApplicationContext;
  const clock = new TestClock(NOON);
  const said: string[] = [];

  beforeAll(async () => {
    databases = await makeDatabases();
    const events = new EventLog(() => clock.now(), { write: (line) => said.push((JSON.parse(line) as { event: string }).event) });
    const { settings, records, keys } = databases;
    const platform = PlatformModule.of({ settings, clock, records, keys, events });
    app = await NestFactory.createApplicationContext({ module: class Whole {}, imports: [platform, AuditModule, VaultModule, RetentionModule] }, { logger: false });
    const [site] = await databases.recordsOwner<{ id: string }>(
      `INSERT INTO site (id, name, time_zone, created_day) VALUES (gen_random_uuid(), 'Riverside', 'America/Chicago', '2027-05-09') RETURNING id`,
    );
    const context = { rules: { timeZone: 'America/Chicago' } };
    await records.acrossSites((tx) => app.get(AccessLog).append(tx, { kind: 'site.created', actor: { system: 'set-up' }, subject: { site: site!.id }, context }));
  });
  afterAll(async () => {
    await app.close();
    await databases.close();
  });

  it('has a policy in force when it has started', async () => {
    expect(await databases.recordsOwner('SELECT version FROM retention_policy')).toEqual([{ version: 1 }]);
  });

  it('runs once a night and once for all that were missed', async () => {
    const nightly = app.get(Nightly);
    expect(await nightly.catchUp()).toMatchObject({ state: 'finished' });
    expect(await nightly.catchUp()).toBeUndefined();
    clock.advanceDays(3);
    expect(await nightly.catchUp()).toMatchObject({ state: 'finished' });
    expect(await nightly.catchUp()).toBeUndefined();
    expect(said.filter((event) => event.startsWith('run.'))).toEqual(['run.started', 'run.finished', 'run.started', 'run.finished']);
  });

  it('answers with the id of a run before the run has ended', async () => {
    const { id, ended } = await app.get(RunPurge).start('page');
    expect(await app.get(PurgeRuns).find(id)).toMatchObject({ state: 'running' });
    expect(await ended).toEqual({ id, state: 'finished' });
  });
});
