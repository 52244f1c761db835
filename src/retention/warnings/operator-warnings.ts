import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Signer } from '../../audit/signer.js';
import type { LeafRange } from '../../audit/tiles/leaf-range.js';
import { missingHashes } from '../../audit/tiles/missing-hashes.js';
import { WitnessStandings } from '../../audit/witness/witness-standings.js';
import { Clock } from '../../platform/clock.js';
import { RecordsDatabase } from '../../platform/records-database.js';
import { Settings } from '../../platform/settings.js';
import { KeyStore } from '../../vault/key-store.js';
import { RestoredMode } from '../../vault/restored/restored-mode.js';
import { DestructionDay } from '../destruction-day.js';
import { PurgeRuns } from '../purge-runs.js';
import { clockWarnings, type ClockReading } from './clock-warnings.js';
import { diskWarnings, readDisks } from './disk-warnings.js';
import { keyCopyWarnings } from './key-copy-warnings.js';
import { WARNING_CHECKS, type DiskPlace, type OperatorWarning, type WarningCheck } from './operator-warning.js';
import { runWarnings } from './run-warnings.js';
import { signingWarnings } from './signing-warnings.js';
import { verificationWarnings } from './verification-warnings.js';
import { witnessWarnings } from './witness-warnings.js';

/** A disk or a database that is away may not answer for minutes: a page does not wait for it. */
const LONGEST_MS = 2_000;

export interface OperatorReport {
  readonly warnings: readonly OperatorWarning[];
  /** What this process has no sight of, and somebody else has to watch. */
  readonly unseen: readonly 'database-disks'[];
}

/** What operators have to see to. Reads a few rows and asks the system a few questions; changes nothing. */
@Injectable()
export class OperatorWarnings {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly keyStore: KeyStore,
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly signer: Signer,
  ) {}

  async read(): Promise<OperatorReport> {
    const found = await Promise.all(WARNING_CHECKS.map((check) => inTime(check, this.checks[check]())));
    return { warnings: found.flat(), unseen: this.settings.databases === 'embedded' ? [] : ['database-disks'] };
  }

  private readonly checks: Readonly<Record<WarningCheck, () => Promise<readonly OperatorWarning[]>>> = {
    runs: async () => {
      const days = await new DestructionDay(this.records, this.keyStore, this.clock).read();
      return runWarnings(days, await new PurgeRuns(this.records).newestAndFinished());
    },
    clock: async () => (this.clock.isSet ? [] : clockWarnings([await this.askRecords(), await this.askKeys()])),
    disk: async () => diskWarnings(await readDisks(this.directories())),
    master: async () =>
      this.keyStore.masterFile.unreachable().map((location) => ({ kind: 'master-unreachable', severity: 'serious', location }) as const),
    'key-copy': () => keyCopyWarnings(this.records, this.keyStore, this.clock.now()),
    log: () => this.records.withoutSite(async (tx) => logWarnings(await missingHashes(tx))),
    signing: () => signingWarnings(this.records, this.signer.fault?.code, this.clock.now()),
    verification: () => verificationWarnings(this.records, this.clock.now()),
    witnesses: async () => witnessWarnings((await new WitnessStandings(this.records, this.settings).read()).witnesses, this.clock.now()),
    restored: async () => ((await new RestoredMode(this.keyStore).read()) ? [{ kind: 'records-restored', severity: 'serious' }] : []),
  };

  /** A master location that is away is told of by its own check. */
  private directories(): ReadonlyMap<DiskPlace, string> {
    const { dataDirectory, secretsDirectories } = this.settings;
    const away = new Set(this.keyStore.masterFile.unreachable());
    const secrets = secretsDirectories.map((directory, at) => [`secrets-${at + 1}`, directory] as const).filter((_, at) => !away.has(at + 1));
    return new Map<DiskPlace, string>([['data', dataDirectory], ...secrets]);
  }

  private askRecords(): Promise<ClockReading> {
    return this.ask('records', () => this.records.query('SELECT clock_timestamp() AS now'));
  }

  private askKeys(): Promise<ClockReading> {
    return this.ask('keys', () => this.keyStore.database.query('SELECT clock_timestamp() AS now'));
  }

  private async ask(database: ClockReading['database'], query: () => Promise<{ now: Date }[]>): Promise<ClockReading> {
    const asked = this.clock.now();
    const [row] = await query();
    return { database, said: row!.now, asked, answered: this.clock.now() };
  }
}

/** Signing goes on, since it needs none of them; whoever wants a proof gets none. */
function logWarnings(missing: LeafRange | undefined): readonly OperatorWarning[] {
  return missing ? [{ kind: 'log-hashes-missing', severity: 'serious', entry: missing.from }] : [];
}

/** An error is told of as such and no further: it could quote what a database said. */
async function inTime(check: WarningCheck, work: Promise<readonly OperatorWarning[]>): Promise<readonly OperatorWarning[]> {
  const over = new AbortController();
  const unknown: readonly OperatorWarning[] = [{ kind: 'not-checked', severity: 'serious', check }];
  const late = sleep(LONGEST_MS, unknown, { signal: over.signal, ref: false }).catch(() => unknown);
  return Promise.race([work.catch(() => unknown), late]).finally(() => over.abort());
}
