import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { SiteMember } from '../../src/access/signed-in.js';
import type { Answers } from '../../src/catalogue/answers.js';
import { mergeAnswers } from '../../src/catalogue/merge-answers.js';
import { parseAnswers } from '../../src/catalogue/parse-answers.js';
import type { CollectedClasses } from '../../src/catalogue/retention-class.js';
import { Clock } from '../../src/platform/clock.js';
import { RecordsDatabase } from '../../src/platform/records-database.js';
import { Refusal } from '../../src/platform/refusal.js';
import { Settings } from '../../src/platform/settings.js';

/** As the owner. One row an intake, answers as they were typed, the same row security as every table that has a site. */
export const ONE_ROW_TABLE = `
  CREATE TABLE one_row_intake (
    id uuid PRIMARY KEY, site_id uuid NOT NULL REFERENCES site (id), tax_year integer NOT NULL, stage text NOT NULL DEFAULT 'open',
    version integer NOT NULL DEFAULT 1, created_day date NOT NULL, touched_day date NOT NULL, answers jsonb NOT NULL);
  ALTER TABLE one_row_intake ENABLE ROW LEVEL SECURITY;
  CREATE POLICY one_row_intake_own_site ON one_row_intake TO thinfile_service USING (site_id = current_site()) WITH CHECK (site_id = current_site());
  GRANT SELECT, INSERT, UPDATE ON one_row_intake TO thinfile_service`;

interface Rules {
  readonly time_zone: string;
  readonly collect: CollectedClasses;
}

const RULES = `s.time_zone, json_build_object('credentials', s.collect_credentials, 'documents', s.collect_documents, 'notes', s.collect_notes) AS collect`;

interface Row {
  readonly version: number;
  readonly tax_year: number;
  readonly stage: string;
  readonly answers: Answers;
}

/**
 * The least that could stand behind these requests: the same session, transaction, row security, catalogue and JSON; one row
 * of plaintext for each intake, which has no classes, no days of destruction and cannot be searched. Commits are durable.
 */
@Injectable()
export class OneRowIntakes {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  create(who: SiteMember, taxYear: number, input: unknown): Promise<{ id: string; version: number }> {
    return this.records.inSite(who.siteId, async (tx) => {
      const [site] = await tx.query<Rules>(`SELECT ${RULES} FROM site s WHERE s.id = $1`, [who.siteId]);
      const { today, answers } = this.merged(site!, {}, input);
      const id = randomUUID();
      await tx.query(
        'INSERT INTO one_row_intake (id, site_id, tax_year, created_day, touched_day, answers) VALUES ($1, $2, $3, $4, $4, $5)',
        [id, who.siteId, taxYear, today, JSON.stringify(answers)],
      );
      return { id, version: 1 };
    });
  }

  read(who: SiteMember, id: string): Promise<Row & { readonly id: string }> {
    return this.records.inSite(who.siteId, async (tx) => {
      const [row] = await tx.query<Row>('SELECT version, tax_year, stage, answers FROM one_row_intake WHERE id = $1', [id]);
      if (!row) throw new Refusal('NOT_FOUND', 'There is no such intake at this site.');
      return { id, ...row };
    });
  }

  change(who: SiteMember, id: string, version: number, input: unknown): Promise<{ version: number; stage: string }> {
    return this.records.inSite(who.siteId, async (tx) => {
      const [row] = await tx.query<Row & Rules>(
        `SELECT i.version, i.stage, i.answers, ${RULES} FROM one_row_intake i JOIN site s ON s.id = i.site_id WHERE i.id = $1 FOR UPDATE OF i`,
        [id],
      );
      if (!row) throw new Refusal('NOT_FOUND', 'There is no such intake at this site.');
      if (row.version !== version) throw new Refusal('VERSION_CONFLICT', 'Somebody saved this intake after you opened it.');
      const { today, answers } = this.merged(row, row.answers, input);
      await tx.query('UPDATE one_row_intake SET version = $2, touched_day = $3, answers = $4 WHERE id = $1', [
        id,
        version + 1,
        today,
        JSON.stringify(answers),
      ]);
      return { version: version + 1, stage: row.stage };
    });
  }

  private merged(site: Rules, before: Answers, input: unknown) {
    const today = this.clock.today(site.time_zone);
    const rules = { collect: site.collect, allowNeverIssued: this.settings.allowNeverIssuedNumbers, today };
    return { today, answers: mergeAnswers(before, parseAnswers(input ?? {}, rules)) };
  }
}
