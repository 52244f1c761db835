import { Injectable } from '@nestjs/common';
import type { SiteMember } from '../access/signed-in.js';
import { RecordsDatabase } from '../platform/records-database.js';
import { intakeNotFound, type IntakeRow } from './intake-row.js';
import { getsReady } from './list-return.js';
import { siteRules } from './site-rules.js';
import { nextStages, type Stage } from './stage.js';

/** Which next stages put an intake's return onto the preparer's list, which then has to be whole. Opens nothing. */
@Injectable()
export class StepsOntoList {
  constructor(private readonly records: RecordsDatabase) {}

  /** @returns none where the site keeps no list. @throws Refusal NOT_FOUND, or DESTROYED when only the tombstone is left */
  run({ siteId }: SiteMember, id: string): Promise<readonly Stage[]> {
    return this.records.inSite(siteId, async (tx) => {
      const [row] = await tx.query<Pick<IntakeRow, 'stage' | 'prepared_day'>>('SELECT stage, prepared_day FROM intake WHERE id = $1 AND site_id = $2', [id, siteId]);
      if (!row) throw await intakeNotFound(tx, id);
      const { regime } = await siteRules(tx, siteId);
      return regime === 'compensated' ? nextStages(row.stage).filter((next) => getsReady(row, next)) : [];
    });
  }
}
