import { randomUUID } from 'node:crypto';
import { AccessLog } from '../../src/audit/append-entry.js';
import { Sequencer } from '../../src/audit/sequencer.js';
import { Signer } from '../../src/audit/signer.js';
import { StallGate } from '../../src/audit/stall-gate.js';
import { VerifyLog } from '../../src/audit/verify/verify-log.js';
import { CLASSES_FROM_THE_START, type RetentionClass } from '../../src/catalogue/retention-class.js';
import { randomBytes } from '../../src/crypto/random.js';
import { addDays, day, type Clock, type Day } from '../../src/platform/clock.js';
import { EventLog } from '../../src/platform/event-log.js';
import { DestructionCertificates } from '../../src/retention/destruction-certificates.js';
import { DestructionDay } from '../../src/retention/destruction-day.js';
import { SettleHolds } from '../../src/retention/holds/settle-holds.js';
import { Nightly } from '../../src/retention/nightly.js';
import { publishFirstPolicy } from '../../src/retention/publish-first-policy.js';
import type { StepObserver } from '../../src/retention/purge-run.js';
import { PurgeRuns } from '../../src/retention/purge-runs.js';
import { RunInputs } from '../../src/retention/run-inputs.js';
import { RunJournal } from '../../src/retention/run-journal.js';
import { RunPurge } from '../../src/retention/run-purge.js';
import { Sweep } from '../../src/retention/sweep.js';
import { NightlyVerification } from '../../src/retention/verification/nightly-verification.js';
import { VerifySections } from '../../src/retention/verification/verify-sections.js';
import { AccessTicket } from '../../src/vault/access-ticket.js';
import { initialiseKeyStore } from '../../src/vault/initialise-key-store.js';
import { findUnderLock } from '../../src/vault/find-by-terms.js';
import { KeyStore } from '../../src/vault/key-store.js';
import { createShares, readShares, type Life } from '../../src/vault/life-shares.js';
import { addLookups } from '../../src/vault/lookup-rows.js';
import { lookupTerm } from '../../src/vault/lookup-tags.js';
import { MasterFile } from '../../src/vault/master-file.js';
import { openClass, sealClass, sectionDigest } from '../../src/vault/sealed-class.js';
import { TestClock } from '../support/test-clock.js';
import { makeDatabases, type TestDatabases } from '../support/test-databases.js';
import { LaidDays } from './laid-days.js';
import { joined } from '../support/cells.js';

export const TODAY = day('2027-05-10');
export const NOON = new Date('2027-05-10T18:00:00Z');
const CELL = Buffer.from('fictional answer');
const LOOKUP_CLASSES = ['contact', 'identity', 'credentials'] as const satisfies readonly RetentionClass[];

/** An intake whose answers a test can try to open and to find. */
export interface Planted {
  readonly id: string;
  readonly siteId: string;
  readonly intakeKey: Uint8Array;
  readonly term: Uint8Array;
}

/** Both databases, one site in Chicago, the key store and everything a purge run is made of. */
export class PurgeWorld {
  /** By what days its runs go. */
  readonly laid = new LaidDays();

  private constructor(
    readonly databases: TestDatabases,
    readonly keyStore: KeyStore,
    readonly masterFile: MasterFile,
    readonly clock: Clock,
    readonly siteId: string,
    readonly signer: Signer,
    private readonly log: AccessLog,
    private readonly sequencer: Sequencer,
  ) {}

  static async make(clock: Clock = new TestClock(NOON)): Promise<PurgeWorld> {
    const databases = await makeDatabases();
    const { records, keys, settings } = databases;
    const masterFile = new MasterFile(settings.secretsDirectories);
    const keyStore = new KeyStore(keys, masterFile);
    await initialiseKeyStore(keyStore);
    const log = new AccessLog(clock, new StallGate());
    const events = new EventLog(() => clock.now(), { write: () => undefined });
    const sequencer = new Sequencer(records, log, events);
    const signer = new Signer(records, log, clock, settings, events);
    await publishFirstPolicy(records, log, clock);
    const siteId = await insertSite(databases);
    await records.acrossSites((tx) =>
      log.append(tx, { kind: 'site.created', actor: { system: 'set-up' }, subject: { site: siteId }, context: { rules: { timeZone: 'America/Chicago' } } }),
    );
    sequencer.onApplicationBootstrap();
    return new PurgeWorld(databases, keyStore, masterFile, clock, siteId, signer, log, sequencer);
  }

  async close(): Promise<void> {
    await this.sequencer.onApplicationShutdown();
    await this.databases.close();
  }

  get certificates(): DestructionCertificates {
    return new DestructionCertificates(this.databases.records, this.keyStore, this.signer, this.clock);
  }

  destructionDay(clock = this.clock): DestructionDay {
    return new DestructionDay(this.databases.records, this.keyStore, clock);
  }

  get runs(): PurgeRuns {
    return new PurgeRuns(this.databases.records);
  }

  /** As the next start would. */
  publishAgain(): Promise<void> {
    return publishFirstPolicy(this.databases.records, this.log, this.clock);
  }

  /** @param clock what the run goes by, where that is another than the log's */
  purge(observe: StepObserver = () => undefined, clock = this.clock): RunPurge {
    const { records } = this.databases;
    const journal = new RunJournal(records, this.log, this.clock, observe);
    const inputs = new RunInputs(records, this.keyStore, this.laid, new SettleHolds(records, this.keyStore, this.log, this.clock));
    return new RunPurge(this.keyStore, this.destructionDay(clock), inputs, journal, this.certificates, new Sweep(records, this.keyStore, this.log));
  }

  nightly(clock = this.clock): Nightly {
    const { records, settings } = this.databases;
    const events = new EventLog(() => clock.now(), { write: () => undefined });
    const [log, sections] = [new VerifyLog(records, settings, this.log, clock), new VerifySections(records, this.keyStore, this.log, clock)];
    const verification = new NightlyVerification(log, sections, records, this.keyStore, events);
    return new Nightly(this.purge(undefined, clock), this.runs, this.destructionDay(clock), events, verification);
  }

  /** An intake with all its classes: each due on its own day if given, else a week from today. */
  async plant(due: Partial<Record<RetentionClass, Day>> = {}, createdDay = addDays(TODAY, -20)): Promise<Planted> {
    const planted = { id: randomUUID(), siteId: this.siteId, intakeKey: randomBytes(32), term: lookupTerm(randomBytes(32), 'phone', '2025550100') };
    const days = new Map(CLASSES_FROM_THE_START.map((cls) => [cls, due[cls] ?? addDays(TODAY, 7)]));
    this.laid.lay(planted.id, this.siteId, createdDay, days);
    const lives = await this.keyStore.transaction(async (store) => {
      const made = await createShares(store, { siteId: this.siteId, intakeId: planted.id, taxYear: 2026, createdDay }, days);
      const terms = LOOKUP_CLASSES.map((cls, slot) => ({ slot, class: cls, term: planted.term }));
      await addLookups(store, { intakeId: planted.id, version: 1 }, terms, made);
      return made;
    });
    await this.databases.recordsOwner(
      `INSERT INTO intake (id, site_id, tax_year, filing_year, vault_number, wrapped_key, created_day, touched_day)
       VALUES ($1, $2, 2026, 2027, 1, '', $3, $3)`,
      [planted.id, this.siteId, createdDay],
    );
    for (const [cls, life] of lives) {
      if (life.state !== 'alive') throw new Error('a new share is alive');
      const { bytes } = sealClass({ intakeKey: planted.intakeKey, share: life.share }, placeOf(planted, cls), joined([CELL]));
      await this.databases.recordsOwner('INSERT INTO section (intake_id, class, site_id, sealed) VALUES ($1, $2, $3, $4)', [
        planted.id,
        cls,
        this.siteId,
        Buffer.from(bytes),
      ]);
    }
    return planted;
  }

  /** As a touch or a stage would: the share stays in its bucket. */
  async moveDue({ id }: Planted, to: Day, ...classes: readonly RetentionClass[]): Promise<void> {
    for (const cls of classes.length > 0 ? classes : CLASSES_FROM_THE_START) {
      this.laid.move(id, cls, to);
      await this.databases.keysOwner('UPDATE life_share SET due_day = $3 WHERE intake_id = $1 AND class = $2', [id, cls, to]);
    }
  }

  /** How a class stands, on a day before everything: so that only keys count, and no date. */
  async life(planted: Planted, cls: RetentionClass, on: Day = day('2000-01-01')): Promise<Life> {
    const lives = await this.keyStore.transaction((store) => readShares(store, planted.siteId, [planted.id], [cls], on));
    return lives.get(planted.id)!.get(cls)!;
  }

  /** Opens the stored section with the share that the key store gives. @throws when there is none or it does not fit */
  async open(planted: Planted, cls: RetentionClass): Promise<string> {
    const life = await this.life(planted, cls);
    if (life.state !== 'alive') throw new Error(life.state);
    const [row] = await this.databases.recordsOwner<{ sealed: Buffer }>('SELECT sealed FROM section WHERE intake_id = $1 AND class = $2', [planted.id, cls]);
    const { ticket } = AccessTicket.issue({ siteId: planted.siteId, memberId: randomUUID(), intakeIds: [planted.id], classes: [cls], use: 'inside-transaction' });
    const digest = sectionDigest(row!.sealed);
    const cells = openClass(ticket, { intakeKey: planted.intakeKey, share: life.share }, placeOf(planted, cls), { bytes: row!.sealed, digest }, [CELL.length]);
    return Buffer.from(cells.bytes).toString();
  }

  async opens(planted: Planted, cls: RetentionClass): Promise<boolean> {
    return this.open(planted, cls).then((text) => text === CELL.toString(), () => false);
  }

  find(planted: Planted, cls: RetentionClass): Promise<readonly string[]> {
    const asked = { siteId: planted.siteId, class: cls, terms: [planted.term], today: day('2000-01-01') };
    return this.keyStore.transaction(async (store) => [...(await findUnderLock(store, asked)).keys()]);
  }

  async hold(scope: { intakes?: readonly string[]; classes?: readonly RetentionClass[] } = {}): Promise<string> {
    const id = randomUUID();
    await this.databases.keysOwner('INSERT INTO hold (id, site_id, intakes, classes, placed_at) VALUES ($1, $2, $3, $4, now())', [
      id,
      this.siteId,
      scope.intakes ?? null,
      scope.classes ?? null,
    ]);
    return id;
  }

  async release(id: string): Promise<void> {
    await this.databases.records.acrossSites((tx) => this.log.append(tx, { kind: 'hold.released', actor: { system: 'holds' }, subject: {}, context: { hold: id } }));
    await this.databases.keysOwner('UPDATE hold SET released_at = now() WHERE id = $1', [id]);
  }

  /** Names of the log's entries about one run, in order. */
  async logged(run: string): Promise<readonly string[]> {
    const rows = await this.databases.recordsOwner<{ kind: string }>(
      `SELECT e.kind FROM log_entry e JOIN log_part p ON p.entry_id = e.id WHERE p.context::jsonb ->> 'run' = $1 ORDER BY e.id`,
      [run],
    );
    return rows.map(({ kind }) => kind);
  }
}

/** Everything of an intake that any table of either database still holds. */
export async function tracesOf({ recordsOwner, keysOwner }: TestDatabases, id: string): Promise<Record<string, number>> {
  const count = async (query: TestDatabases['keysOwner'], table: string, column = 'intake_id') =>
    (await query<{ n: string }>(`SELECT count(*) AS n FROM ${table} WHERE ${column} = $1`, [id])).map(({ n }) => Number(n))[0]!;
  return {
    intake: await count(recordsOwner, 'intake', 'id'),
    section: await count(recordsOwner, 'section'),
    tombstone: await count(recordsOwner, 'tombstone'),
    share: await count(keysOwner, 'life_share'),
    lookup: await count(keysOwner, 'lookup'),
  };
}

export function allDue(on: Day): Record<RetentionClass, Day> {
  return Object.fromEntries(CLASSES_FROM_THE_START.map((cls) => [cls, on])) as Record<RetentionClass, Day>;
}

async function insertSite({ recordsOwner }: TestDatabases): Promise<string> {
  const siteId = randomUUID();
  const memberId = randomUUID();
  await recordsOwner(`INSERT INTO site (id, name, time_zone, created_day) VALUES ($1, 'Riverside', 'America/Chicago', '2027-01-05')`, [siteId]);
  await recordsOwner(
    `INSERT INTO member (id, site_id, role, name, email, public_key, password_salt, password_half, wrapped_secret_key, created_day)
     VALUES ($1, $2, 'preparer', 'Pat Example', $3, $4, '', $1, '', '2027-01-05')`,
    [memberId, siteId, `${memberId}@example.org`, Buffer.alloc(32)],
  );
  await recordsOwner(`INSERT INTO site_vault (site_id, number, created_by, created_day) VALUES ($1, 1, $2, '2027-01-05')`, [siteId, memberId]);
  return siteId;
}

function placeOf({ id, siteId }: { id: string; siteId: string }, cls: RetentionClass) {
  return { siteId, intakeId: id, class: cls, catalogueVersion: 1, intakeVersion: 1 };
}
