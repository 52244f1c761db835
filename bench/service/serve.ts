import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import pg from 'pg';
import { keysMigrations } from '../../migrations/keys/all.js';
import { recordsMigrations } from '../../migrations/records/all.js';
import { ChangeSite } from '../../src/access/change-site.js';
import { AppModule } from '../../src/app.module.js';
import { createApp } from '../../src/create-app.js';
import { foundSite, memberOf, signInAll } from '../../src/demo/members.js';
import { Clock } from '../../src/platform/clock.js';
import { embeddedDatabases } from '../../src/platform/embedded/embedded-databases.js';
import { EventLog } from '../../src/platform/event-log.js';
import { openDatabases } from '../../src/platform/open-databases.js';
import { Settings } from '../../src/platform/settings.js';
import { BARE_CALLS, bareCalls } from './bare-calls.js';
import { LEAST_SECTIONS_TABLE, LEAST_SHARE_TABLE, LeastSealedIntakes } from './least-sealed-intakes.js';
import { ONE_ROW_TABLE, OneRowIntakes } from './one-row-intakes.js';
import { LeastSealedController, OneRowController, PlainController } from './plain.controllers.js';
import { PLAIN_TABLES, PlainIntakes } from './plain-intakes.js';

/**
 * A process of its own: the whole service with its plaintext twins beside it, on databases that are thrown away. Commits are
 * durable, as they are for real. Says where it is in one line, and ends with its standard input.
 */

@Module({ controllers: [PlainController, OneRowController, LeastSealedController], providers: [PlainIntakes, OneRowIntakes, LeastSealedIntakes, { provide: BARE_CALLS, useFactory: bareCalls }] })
class WithTwins {}

const directory = mkdtempSync(join(tmpdir(), 'thinfile-bench-'));
const settings = new Settings({ dataDirectory: directory, port: 0, allowNeverIssuedNumbers: true });
const embedded = await embeddedDatabases(settings);
const urls = { records: embedded.records, keys: embedded.keys };
const { records, keys, close } = await openDatabases(new Settings({ dataDirectory: directory, databases: urls, allowNeverIssuedNumbers: true }), {
  migrations: { records: recordsMigrations, keys: keysMigrations },
});
for (const [url, tables] of [[urls.records.owner, [PLAIN_TABLES, ONE_ROW_TABLE, LEAST_SECTIONS_TABLE]], [urls.keys.owner, [LEAST_SHARE_TABLE]]] as const) {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  await owner.query(tables.join(';'));
  await owner.end();
}

const clock = Clock.system();
const platform = { settings, clock, records, keys, events: new EventLog(() => clock.now(), { write: (line) => void process.stderr.write(line) }) };
const app = await createApp(platform, { module: WithTwins, imports: [AppModule.on(platform)] });
await app.listen(0, 'localhost');
const [preparer, administrator, auditor] = await signInAll(app, await foundSite(app, 'Benchmark'));
await app.get(ChangeSite).run(await memberOf(app, administrator!.token), { collectCredentials: true });
const { port } = app.getHttpServer().address() as AddressInfo;
process.stdout.write(`${JSON.stringify({ pid: process.pid, port, token: preparer!.token, administrator: administrator!.token, auditor: auditor!.token, records: urls.records.owner, keys: urls.keys.owner, secrets: settings.secretsDirectories[0] })}\n`);

process.stdin.resume().on('end', () => {
  void (async () => {
    await app.close();
    await close();
    await embedded.stop();
    rmSync(directory, { recursive: true, force: true });
    process.exit(0);
  })();
});
