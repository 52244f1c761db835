import type { INestApplicationContext } from '@nestjs/common';
import { AccessLog } from '../audit/append-entry.js';
import { writeExport } from '../audit/export/write-export.js';
import { Signer } from '../audit/signer.js';
import { RecordsDatabase } from '../platform/records-database.js';
import { awaitSequenced } from '../retention/await-sequenced.js';
import { progressBar } from './progress-bar.js';

/** Writes the log with its disclosed parts into an empty directory, for whoever checks it. That it was read so is an entry of its own. */
export async function exportLog(app: INestApplicationContext, directory: string): Promise<void> {
  const records = app.get(RecordsDatabase);
  const entry = await records.acrossSites((tx) =>
    app.get(AccessLog).append(tx, { kind: 'log.read', actor: { system: 'command' }, subject: {}, context: {} }),
  );
  await awaitSequenced(records, [entry]);
  await app.get(Signer).sign();
  const bar = progressBar(process.stderr, 'entries');
  const size = await writeExport(records, directory, bar.show).finally(bar.end);
  process.stdout.write(`${size} entries in ${directory}. They hold no answers, and say who worked when: hand them to nobody but those who check.\n`);
}
