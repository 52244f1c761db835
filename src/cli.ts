import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import { Command } from 'commander';
import { keysMigrations } from '../migrations/keys/all.js';
import { recordsMigrations } from '../migrations/records/all.js';
import { AppModule } from './app.module.js';
import { purge } from './commands/purge.js';
import { Clock } from './platform/clock.js';
import { EventLog } from './platform/event-log.js';
import { openDatabases } from './platform/open-databases.js';
import { Refusal } from './platform/refusal.js';
import { settingsFromEnvironment } from './platform/settings.js';

const program = new Command('thinfile').description('Thinfile from the command line, beside a running service or without one');

program
  .command('purge')
  .description('run what is due, exactly as the nightly run does; nothing else can be destroyed')
  .option('--confirm-today <date>', 'the date off a calendar, when the clocks are in doubt')
  .action((options: { confirmToday?: string }) => withApplication((app) => purge(app, options.confirmToday)));

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${error instanceof Refusal || error instanceof Error ? error.message : 'failed'}\n`);
  process.exitCode = 1;
}

/** The same application, without the web server, on the databases of the running service when there is one. */
async function withApplication(work: (app: INestApplicationContext) => Promise<void>): Promise<void> {
  const settings = settingsFromEnvironment(process.env);
  const clock = Clock.system();
  const databases = await openDatabases(settings, {
    migrations: { records: recordsMigrations, keys: keysMigrations },
    attach: true,
  });
  try {
    const events = new EventLog(() => clock.now(), { write: () => undefined });
    const platform = { settings, clock, records: databases.records, keys: databases.keys, events };
    const app = await NestFactory.createApplicationContext(AppModule.on(platform), { logger: false, abortOnError: false });
    try {
      await work(app);
    } finally {
      await app.close();
    }
  } finally {
    await databases.close();
  }
}
