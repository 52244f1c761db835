import { randomBytes, randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { actorOf } from '../../src/access/actor.js';
import type { SiteMember } from '../../src/access/signed-in.js';
import { AccessLog } from '../../src/audit/append-entry.js';
import { GroupCommit } from '../../src/audit/group-commit.js';
import type { LogEntry } from '../../src/audit/entry.js';
import { catalogue } from '../../src/catalogue/catalogue.js';
import { CLASSES_FROM_THE_START } from '../../src/catalogue/retention-class.js';
import { selectFields } from '../../src/catalogue/select-fields.js';
import { KeysDatabase } from '../../src/platform/keys-database.js';
import type { RecordsTx } from '../../src/platform/records-tx.js';
import { BARE_CALLS, type BareCalls } from './bare-calls.js';
import { PlainIntakes } from './plain-intakes.js';

/** As the owner of the key store. */
export const LEAST_SHARE_TABLE = `
  CREATE TABLE least_share (intake_id uuid PRIMARY KEY, shares bytea NOT NULL);
  GRANT SELECT, INSERT, UPDATE ON least_share TO thinfile_service`;

/** As the owner of the records. */
export const LEAST_SECTIONS_TABLE = `
  CREATE TABLE least_sections (intake_id uuid PRIMARY KEY, sections bytea NOT NULL);
  ALTER TABLE least_sections ALTER sections SET STORAGE EXTERNAL;
  GRANT SELECT, INSERT, UPDATE ON least_sections TO thinfile_service`;

const SHARES_BYTES = 9 * 72;
const SECTION_BYTES = CLASSES_FROM_THE_START.flatMap((name) => catalogue.cells(name)).reduce((sum, { width }) => sum + width + 16, 0);

/**
 * What no way of keeping the promises can beat here: the plaintext twin, and beside its work only what none of them can do without. A reading has
 * its durable entry in the log, one row of the other database that its keys depend on, one agreement of keys, and the cipher's bare
 * calls over cells that lie ready: nothing is fetched sealed, derived, checked, or taken apart. A save stores every section at its full
 * length, commits in both databases, and writes its entry; its texts are the twin's.
 */
@Injectable()
export class LeastSealedIntakes {
  constructor(
    private readonly plain: PlainIntakes,
    private readonly keys: KeysDatabase,
    private readonly log: AccessLog,
    private readonly group: GroupCommit,
    @Inject(BARE_CALLS) private readonly bare: BareCalls,
  ) {}

  async create(who: SiteMember, taxYear: number, input: unknown) {
    const made = await this.plain.create(who, taxYear, input, (tx, id) => this.store(tx, who, id));
    await this.keepShares(made.id);
    return made;
  }

  async read(who: SiteMember, id: string) {
    const { classes, paths } = selectFields(undefined);
    const [answers] = await Promise.all([this.plain.read(who, id), this.keys.query('SELECT shares FROM least_share WHERE intake_id = $1', [id])]);
    const subject = { site: who.siteId, intakes: [id], classes, fields: paths };
    await this.group.append({ kind: 'answers.read', actor: actorOf(who), subject, context: { purpose: 'prepare', ticket: randomUUID() } });
    this.bare.agree();
    this.bare.open(classes);
    return answers;
  }

  async change(who: SiteMember, id: string, version: number, input: unknown) {
    this.bare.agree();
    this.bare.open(CLASSES_FROM_THE_START);
    this.bare.seal(CLASSES_FROM_THE_START);
    const changed = await this.plain.change(who, id, version, input, (tx) => this.store(tx, who, id));
    await this.keepShares(id);
    return changed;
  }

  private async store(tx: RecordsTx, who: SiteMember, id: string): Promise<void> {
    const entry: LogEntry = { kind: 'answers.written', actor: actorOf(who), subject: { site: who.siteId, intakes: [id] }, context: {} };
    const sql = 'stored AS (INSERT INTO least_sections VALUES ($1, $2) ON CONFLICT (intake_id) DO UPDATE SET sections = excluded.sections)';
    await this.log.appendWriting(tx, entry, { sql, parameters: [id, randomBytes(SECTION_BYTES)] });
  }

  private async keepShares(id: string): Promise<void> {
    const sql = 'INSERT INTO least_share VALUES ($1, $2) ON CONFLICT (intake_id) DO UPDATE SET shares = excluded.shares';
    await this.keys.query(sql, [id, randomBytes(SHARES_BYTES)]);
  }
}
