import { randomUUID } from 'node:crypto';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../../../src/audit/verify/finding.js';
import type { KeptCheckpoint, VerifiedLog } from '../../../src/audit/verify/verified-log.js';
import { verifyStoredLog } from '../../../src/audit/verify/verify-stored-log.js';
import { SignerStateFile } from '../../../src/audit/signer-state.js';
import type { VerifierKey } from '../../../src/audit/verifier-key.js';
import { SigningKey } from '../../../src/audit/signing-key.js';
import { storedColumns } from '../../support/stored-columns.js';
import { logFixture, reading, writing, type LogFixture } from '../log-fixture.js';

const TABLES = ['log_origin', 'log_key', 'log_entry', 'log_part', 'log_pending', 'log_filter', 'log_index', 'log_head', 'log_checkpoint'] as const;
/** What the log is called, and by which keys: no copy of another day has others here. */
const NAMED = ['log_origin', 'log_key'];
/** A letter of base64 that is not this one. */
export const another = (letter: string): string => (letter === 'z' ? 'y' : 'z');
export const STATE = 'log-signed-last.json';

/**
 * A log that a superuser works on: 41 entries, signed four times, two more that are in the tree and not signed yet, and one that
 * waits for its place. What one case does to it is undone for the next.
 */
export class TamperedLog {
  private constructor(readonly fixture: LogFixture) {}

  static async make(): Promise<TamperedLog> {
    const fixture = await logFixture();
    const log = new TamperedLog(fixture);
    await fixture.signer.sign(); // names the log, which is its first entry
    for (let batch = 0; batch < 4; batch++) {
      for (let i = 0; i < 5; i++) {
        await fixture.write(1);
        await fixture.databases.records.inSite(fixture.site, (tx) => fixture.log.append(tx, writing(fixture.site, randomUUID(), 'ab'.repeat(32))));
      }
      await fixture.sequencer.drain();
      await fixture.signer.sign();
      if (batch === 1) await log.keep('older');
    }
    await fixture.write(2);
    await fixture.sequencer.drain();
    await fixture.write(1);
    fixture.clock.setTo(new Date('2027-03-01T16:00:00Z'));
    // Whoever owns the database is not bound by what its tables refuse.
    await log.sql('ALTER TABLE log_entry DROP CONSTRAINT log_entry_counter_once');
    await log.sql('ALTER TABLE log_index DROP CONSTRAINT log_index_hash_32');
    await log.keep('untouched');
    return log;
  }

  sql<T = Record<string, unknown>>(text: string, parameters?: unknown[]): Promise<T[]> {
    return this.fixture.databases.recordsOwner<T>(text, parameters);
  }

  get key(): VerifierKey {
    return SigningKey.read(this.fixture.secrets).verifier('x');
  }

  file(name: string): string {
    return join(this.fixture.secrets, name);
  }

  /** Copies everything as it is now, under this name. */
  async keep(name: string): Promise<void> {
    for (const table of TABLES) await this.sql(`CREATE TABLE ${name}_${table} AS TABLE ${table}`);
    copyFileSync(this.file(STATE), this.file(`${name}.json`));
  }

  /** Brings such a copy back, or some tables of it. */
  async bringBack(name: string, tables: readonly string[] = TABLES.filter((table) => !NAMED.includes(table))): Promise<void> {
    for (const table of tables) {
      const columns = await storedColumns(this.fixture.databases.recordsOwner, table);
      await this.sql(`DELETE FROM ${table}`);
      await this.sql(`INSERT INTO ${table} (${columns}) OVERRIDING SYSTEM VALUE SELECT ${columns} FROM ${name}_${table}`);
    }
  }

  async undo(): Promise<void> {
    await this.sql(`TRUNCATE ${TABLES.join(', ')} CASCADE`);
    await this.bringBack('untouched', TABLES);
    copyFileSync(this.file('untouched.json'), this.file(STATE));
  }

  /** The signed checkpoint of a size, as an auditor would have kept it. */
  async checkpoint(size: number, name = 'kept'): Promise<KeptCheckpoint> {
    const [row] = await this.sql<{ note: string }>('SELECT note FROM untouched_log_checkpoint WHERE size = $1', [size]);
    return { name, note: row!.note };
  }

  verify(kept: readonly KeptCheckpoint[] = [], key = this.key): Promise<VerifiedLog> {
    const { databases, secrets, clock } = this.fixture;
    return verifyStoredLog(databases.records, { key, signer: new SignerStateFile(secrets), kept, now: clock.now() }, () => undefined);
  }

  async found(kept: readonly KeptCheckpoint[] = []): Promise<readonly Finding[]> {
    return (await this.verify(kept)).findings;
  }

  readState(name: string): string {
    return readFileSync(this.file(name), 'utf8');
  }

  async appendOne(): Promise<void> {
    const { databases, log, site } = this.fixture;
    await databases.records.inSite(site, (tx) => log.append(tx, reading(site)));
  }

  close(): Promise<void> {
    return this.fixture.databases.close();
  }
}
