import { Injectable } from '@nestjs/common';
import type { EntryId } from '../audit/entry.js';
import { leafTime } from '../audit/leaf.js';
import { currentOrigin } from '../audit/log-origin.js';
import { Signer } from '../audit/signer.js';
import { Clock } from '../platform/clock.js';
import { RecordsDatabase } from '../platform/records-database.js';
import { KeyStore } from '../vault/key-store.js';
import { awaitSequenced } from './await-sequenced.js';
import { certificateBody } from './certificate.js';
import { noteErased } from './erasure/note-erased.js';
import { policyOfVersion } from './policy.js';
import { policyDigest } from './publish-first-policy.js';
import type { StoreCounts } from './purge-run.js';
import { mustStillRun } from './purge-runs.js';
import { versionNamed, type BegunRun, type Destroyed } from './run-journal.js';
import { besideCounts, countStores } from './store-counts.js';

export interface IssuedCertificate {
  readonly runId: string;
  /** Canonical JSON, as it was signed. */
  readonly body: string;
  readonly note: string;
}

/** Makes, signs and keeps the certificates of purge runs; a certificate has its run's id. */
@Injectable()
export class DestructionCertificates {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly keyStore: KeyStore,
    private readonly signer: Signer,
    private readonly clock: Clock,
  ) {}

  /** Does the destruction, which can have the stores counted as they were before it. Nothing waits for the counting until then. */
  destroying<T>(work: (countBefore: () => Promise<StoreCounts>) => Promise<T>): Promise<T> {
    return besideCounts(this.records, this.keyStore, work);
  }

  /**
   * @param finished the entry that says the destruction is over
   * @throws LogNotSequenced, LogFault, RunTakenOver: then the run fails, and the next certificate names what this one would have
   */
  async issue(run: BegunRun, { buckets, held, corrected, master, before }: Destroyed, finished: EntryId): Promise<void> {
    const [intendedAt, finishedAt] = await awaitSequenced(this.records, [run.intended, finished]);
    await this.signer.sign(); // a log that is not what it must be certifies nothing
    await this.records.acrossSites(async (tx) => {
      await mustStillRun(tx, run.id);
      const log = await currentOrigin(tx);
      if (!log) throw new Error('the access log has no origin yet');
      const policyVersion = versionNamed(run, buckets);
      const policy = await policyOfVersion(tx, policyVersion);
      if (!policy) throw new Error('the policy that the run went by is gone');
      const { version: _version, effectiveDay, ...document } = policy;
      const body = certificateBody({
        run: run.id,
        policyVersion,
        policyDigest: policyDigest(document),
        policyEffectiveDay: effectiveDay,
        days: run.days,
        buckets: buckets.map(({ siteId: site, ...bucket }) => ({ ...bucket, site })),
        moved: buckets.reduce((sum, { moved }) => sum + moved, 0),
        counts: { before, after: await this.keyStore.database.transaction((keysTx) => countStores(tx, keysTx)) },
        holdsInForce: held.holds,
        heldShares: held.shares,
        corrected,
        keyStoreReread: true,
        master,
        log: { origin: log.origin, intended: intendedAt!, finished: finishedAt! },
        at: leafTime(this.clock.now()),
      });
      const note = await this.signer.signDocument(tx, `${body}\n`);
      await tx.query('INSERT INTO destruction_certificate (run_id, body, note) VALUES ($1, $2, $3)', [run.id, body, note]);
      await noteErased(tx, this.keyStore, run.id);
    });
  }

  /** @returns how many keys each of these runs destroyed, by its id; those without a certificate are not there */
  async keysDestroyed(runIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const rows = await this.records.query<{ run_id: string; keys: number }>(
      `SELECT run_id, (SELECT coalesce(sum((bucket->>'shares')::integer), 0)::integer FROM jsonb_array_elements(body::jsonb->'buckets') AS bucket) AS keys
       FROM destruction_certificate WHERE run_id = ANY ($1::uuid[])`,
      [runIds],
    );
    return new Map(rows.map(({ run_id: id, keys }) => [id, keys]));
  }

  async find(runId: string): Promise<IssuedCertificate | undefined> {
    const [row] = await this.records.query<{ run_id: string; body: string; note: string }>(
      'SELECT run_id, body, note FROM destruction_certificate WHERE run_id = $1',
      [runId],
    );
    return row && { runId: row.run_id, body: row.body, note: row.note };
  }
}
