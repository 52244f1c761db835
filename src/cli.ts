import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import { Command } from 'commander';
import { keysMigrations } from '../migrations/keys/all.js';
import { recordsMigrations } from '../migrations/records/all.js';
import { AppModule } from './app.module.js';
import { backup } from './commands/backup.js';
import { check } from './commands/check.js';
import { exportLog } from './commands/export-log.js';
import { purge } from './commands/purge.js';
import { restore } from './commands/restore.js';
import { restoreCheck } from './commands/restore-check.js';
import { rotateLogKey } from './commands/rotate-log-key.js';
import { verifyCertificate, type CheckAsked } from './commands/verify-certificate.js';
import { LogNotGood, verifyExport, verifyLive, type VerifyAsked } from './commands/verify-log.js';
import { Clock } from './platform/clock.js';
import { EventLog } from './platform/event-log.js';
import { openDatabases, type OpenDatabases } from './platform/open-databases.js';
import { Refusal } from './platform/refusal.js';
import { settingsFromEnvironment } from './platform/settings.js';

const program = new Command('thinfile').description('Thinfile from the command line, beside a running service or without one');

program
  .command('purge')
  .description('run what is due, exactly as the nightly run does; nothing else can be destroyed')
  .option('--confirm-today <date>', 'the date off a calendar, when the clocks are in doubt')
  .action((options: { confirmToday?: string }) => withApplication((app) => purge(app, options.confirmToday)));

for (const kind of ['records', 'keys'] as const) {
  program
    .command(`backup-${kind} <directory>`)
    .description(kind === 'records' ? 'copy the records database into a file there' : 'copy the key store; the next run makes the copy worthless')
    .action((directory: string) => withApplication((app, { owners }) => backup(app, { kind, directory, ownerUrl: owners[kind] })));
  program
    .command(`restore-${kind} <file>`)
    .description(`unpack such a file for the embedded server, where that server’s directory is missing; nothing is overwritten`)
    .action((file: string) => restore(settingsFromEnvironment(process.env), kind, file));
}

program
  .command('check')
  .description('say what operators have to see to; fails when something is serious, for a scheduler')
  .action(() => withApplication((app) => check(app)));

program
  .command('restore-check')
  .description('sweep restored records of what has died since, and say what they hold; two persons then release them')
  .action(() => withApplication((app) => restoreCheck(app)));

program
  .command('rotate-log-key')
  .description('sign the access log with a new key from now on, and destroy the old one; by itself this happens once a year')
  .action(() => withApplication((app) => rotateLogKey(app, (line) => process.stdout.write(`${line}\n`))));

program
  .command('export-log <directory>')
  .description('write the access log into an empty directory (C2SP tlog-tiles, and what its entries say), for whoever checks it')
  .action((directory: string) => withApplication((app) => exportLog(app, directory)));

program
  .command('verify-certificate <file>')
  .description('check a destruction certificate without any database: its signature, and with --log that exactly what was due was destroyed')
  .option('--key <vkey>', 'the log’s verifier key, as you have kept it; without it the export’s own')
  .option('--log <directory>', 'an export of the log')
  .action((file: string, options: CheckAsked) => verifyCertificate(file, options, (line) => process.stdout.write(`${line}\n`)));

program
  .command('verify-log [directory]')
  .description('find the first entry of the log that was changed, removed or moved: in its database, or in an export without any. 1 when something is wrong, 2 when only a crash or a removal can have done it')
  .option('--key <vkey>', 'the log’s verifier key, as you have kept it; without it the service’s or the export’s own')
  .option('--checkpoint <file...>', 'older checkpoints that somebody kept')
  .option('--witness <vkey...>', 'verifier keys of witnesses (cosignature/v1): what they cosigned is checked and told; in the database those of the settings are known')
  .option('--sections', 'compare the stored sections with the log instead, without any key')
  .action(async (directory: string | undefined, options: VerifyAsked) => {
    if (directory !== undefined && options.sections) throw new Error('An export has no sections: they are compared in the database.');
    const say = (line: string): void => void process.stdout.write(`${line}\n`);
    if (directory === undefined) await withApplication((app) => verifyLive(app, options, say));
    else await verifyExport(directory, options, say);
  });

// Whoever reads what is printed may stop reading, as `head` does; what is under way goes on.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${error instanceof Refusal || error instanceof Error ? error.message : 'failed'}\n`);
  process.exitCode = error instanceof LogNotGood && error.isUnclear ? 2 : 1;
}

/** The same application, without the web server, on the databases of the running service when there is one. */
async function withApplication(work: (app: INestApplicationContext, databases: OpenDatabases) => Promise<void>): Promise<void> {
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
      await work(app, databases);
    } finally {
      await app.close();
    }
  } finally {
    await databases.close();
  }
}
