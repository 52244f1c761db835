import type { RetentionClass } from '../../catalogue/retention-class.js';
import type { Day } from '../../platform/clock.js';
import { heldBySql } from '../../vault/hold-scope.js';
import type { HoldScope } from '../../vault/holds.js';
import type { KeyStore } from '../../vault/key-store.js';
import { SCOPE_ROW, scopeColumns } from './scope-row.js';

/** A share whose key is gone, and which the sweep has not cleared away: the records do not know of its end yet. */
export interface UnsweptShare {
  readonly intake: string;
  readonly site: string;
  readonly class: RetentionClass;
  readonly day: Day;
  /** That certified its end, or that destroyed it while no certificate does. */
  readonly run: string;
}

/** Shares of one destroyed bucket that no certificate names yet: a run is at it, or failed before its certificate. */
export interface UncertifiedShares {
  readonly bucket: string;
  readonly run: string;
  readonly site: string;
  readonly class: RetentionClass;
  readonly shares: number;
}

const UNSWEPT = `FROM ${SCOPE_ROW} JOIN life_share s ON ${heldBySql('h', 's')} JOIN destroyed_bucket d ON d.id = s.bucket_id`;

/** @param scope one that names its intakes: each of their shares is a row */
export function unsweptShares({ database }: KeyStore, scope: HoldScope): Promise<readonly UnsweptShare[]> {
  return database.query<UnsweptShare>(
    `SELECT s.intake_id AS intake, s.site_id AS site, s.class, s.due_day AS day, coalesce(d.certified_by, d.run_id) AS run ${UNSWEPT} ORDER BY 1, 3`,
    scopeColumns(scope),
  );
}

export function uncertifiedShares({ database }: KeyStore, scope: HoldScope): Promise<readonly UncertifiedShares[]> {
  return database.query<UncertifiedShares>(
    `SELECT d.id AS bucket, d.run_id AS run, d.site_id AS site, d.class, count(*)::integer AS shares ${UNSWEPT}
     WHERE d.certified_by IS NULL GROUP BY d.id ORDER BY d.id`,
    scopeColumns(scope),
  );
}
