import { Injectable } from '@nestjs/common';
import type { SiteMember } from '../access/signed-in.js';
import { RecordsDatabase } from '../platform/records-database.js';
import { intakeNotFound } from './intake-row.js';
import type { Stage } from './stage.js';

export interface IntakeStanding {
  readonly taxYear: number;
  readonly stage: Stage;
  readonly version: number;
}

/** Where an intake stands. Opens no answer, so there is nothing to log. */
@Injectable()
export class FindIntake {
  constructor(private readonly records: RecordsDatabase) {}

  /** @throws Refusal NOT_FOUND, or DESTROYED when only the tombstone is left */
  run(who: SiteMember, id: string): Promise<IntakeStanding> {
    return this.records.inSite(who.siteId, async (tx) => {
      const [row] = await tx.query<{ tax_year: number; stage: Stage; version: number }>(
        'SELECT tax_year, stage, version FROM intake WHERE id = $1 AND site_id = $2',
        [id, who.siteId],
      );
      if (!row) throw await intakeNotFound(tx, id);
      return { taxYear: row.tax_year, stage: row.stage, version: row.version };
    });
  }
}
