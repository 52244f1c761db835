import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { seasonEndFor } from '../../src/access/season-end.js';
import type { SiteMember } from '../../src/access/signed-in.js';
import type { Answers } from '../../src/catalogue/answers.js';
import { consentsGiven } from '../../src/catalogue/consents.js';
import { lookupValues, type LookupQuery } from '../../src/catalogue/lookup-fields.js';
import { mergeAnswers } from '../../src/catalogue/merge-answers.js';
import { parseAnswers } from '../../src/catalogue/parse-answers.js';
import { CLASSES_FROM_THE_START, type RetentionClass } from '../../src/catalogue/retention-class.js';
import { selectFields } from '../../src/catalogue/select-fields.js';
import { factsOf, type IntakeRow } from '../../src/intake/intake-row.js';
import { newFacts } from '../../src/intake/new-facts.js';
import { SITE_RULES, siteRulesIn, type SiteRulesRow } from '../../src/intake/site-rules.js';
import { Clock, type Day } from '../../src/platform/clock.js';
import { RecordsDatabase } from '../../src/platform/records-database.js';
import type { RecordsTx } from '../../src/platform/records-tx.js';
import { Refusal } from '../../src/platform/refusal.js';
import { Settings } from '../../src/platform/settings.js';
import type { PolicyRow } from '../../src/retention/policy.js';
import { POLICIES_SQL, scheduledDays, scheduleIn } from '../../src/retention/policy-schedule.js';
import { answersOfClass, together } from './plain-answers.js';

const ownSite = (table: string): string => `
  ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
  CREATE POLICY ${table}_own_site ON ${table} TO thinfile_service USING (site_id = current_site()) WITH CHECK (site_id = current_site());
  GRANT SELECT, INSERT, UPDATE, DELETE ON ${table} TO thinfile_service`;

/** As the owner. What the service's own tables would be with nothing to protect. */
export const PLAIN_TABLES = `
  CREATE TABLE plain_intake (
    id uuid PRIMARY KEY, site_id uuid NOT NULL REFERENCES site (id), tax_year integer NOT NULL, filing_year integer NOT NULL,
    stage text NOT NULL DEFAULT 'open', version integer NOT NULL DEFAULT 1, created_day date NOT NULL, touched_day date NOT NULL,
    prepared_day date, accepted_day date, done_day date, erased_day date, listed_day date, consents_given boolean NOT NULL, consents_named boolean NOT NULL DEFAULT false, destroyed jsonb NOT NULL DEFAULT '{}');
  CREATE TABLE plain_section (
    intake_id uuid NOT NULL REFERENCES plain_intake (id), class text NOT NULL, site_id uuid NOT NULL, due_day date NOT NULL,
    answers jsonb NOT NULL, PRIMARY KEY (intake_id, class));
  CREATE TABLE plain_lookup (
    intake_id uuid NOT NULL, slot smallint NOT NULL, site_id uuid NOT NULL, field text NOT NULL, value text NOT NULL, PRIMARY KEY (intake_id, slot));
  CREATE INDEX plain_lookup_by_value ON plain_lookup (site_id, field, value);
  ${['plain_intake', 'plain_section', 'plain_lookup'].map(ownSite).join(';')}`;

interface SectionColumns {
  readonly class: RetentionClass;
  readonly due_day: Day;
  readonly answers: Answers;
}
type Row = IntakeRow & SectionColumns;
type Rules = SiteRulesRow & { readonly policies: readonly PolicyRow[] | null };
/** What else is written with an intake. */
type Also = (tx: RecordsTx, id: string) => Promise<void>;


/**
 * The same service with nothing to protect: the same session, transactions, row security, catalogue, classes, days of
 * destruction by the policy in force, search and JSON, with plaintext in one database; no sealing, no key store, no log. A save
 * writes the class that changed and the days that changed. Commits are durable.
 */
@Injectable()
export class PlainIntakes {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  create(who: SiteMember, taxYear: number, input: unknown, also?: Also): Promise<{ id: string; version: number }> {
    const today = this.clock.today(who.timeZone);
    return this.records.inSite(who.siteId, async (tx) => {
      const [rules] = await tx.query<Rules>(`SELECT ${SITE_RULES}, ${POLICIES_SQL} AS policies FROM site s WHERE s.id = $1`, [who.siteId]);
      const answers = this.merged(rules!, today, {}, input);
      const [id, facts] = [randomUUID(), newFacts(today, taxYear, { consentsGiven: consentsGiven(answers), consentsNamed: false })];
      const due = scheduledDays(scheduleIn(rules!.policies), facts, seasonEndFor(rules!, facts));
      await tx.query(
        `INSERT INTO plain_intake (id, site_id, tax_year, filing_year, created_day, touched_day, consents_given) VALUES ($1, $2, $3, $4, $5, $5, $6)`,
        [id, who.siteId, taxYear, facts.filingYear, today, facts.consentsGiven],
      );
      await writeSections(tx, who.siteId, id, CLASSES_FROM_THE_START, answers, due);
      await writeLookups(tx, who.siteId, id, answers);
      await also?.(tx, id);
      return { id, version: 1 };
    });
  }

  async read(who: SiteMember, id: string) {
    const today = this.clock.today(who.timeZone);
    const { classes, has } = selectFields(undefined);
    const rows = await this.records.inSite(who.siteId, (tx) =>
      tx.query<Row>(
        `SELECT i.*, s.class, s.due_day, s.answers FROM plain_intake i LEFT JOIN plain_section s ON s.intake_id = i.id AND s.class = ANY ($2::text[])
         WHERE i.id = $1`,
        [id, classes],
      ),
    );
    const [row] = rows;
    if (!row) throw notFound();
    const living = rows.filter(({ due_day }) => due_day > today);
    if (living.length === 0) throw new Refusal('DESTROYED', 'These answers have been destroyed.');
    const answers = together(living, has);
    return { id, taxYear: row.tax_year, version: row.version, stage: row.stage, answers, due: Object.fromEntries(living.map((one) => [one.class, one.due_day])) };
  }

  change(who: SiteMember, id: string, version: number, input: unknown, also?: Also): Promise<{ version: number; stage: string }> {
    const today = this.clock.today(who.timeZone);
    return this.records.inSite(who.siteId, async (tx) => {
      const rows = await tx.query<Row & Rules>(
        `SELECT i.*, c.class, c.due_day, c.answers, ${SITE_RULES}, ${POLICIES_SQL} AS policies FROM site s JOIN plain_intake i ON i.site_id = s.id
         JOIN plain_section c ON c.intake_id = i.id WHERE i.id = $1 FOR UPDATE OF i`,
        [id],
      );
      const [row] = rows;
      if (!row) throw notFound();
      if (row.version !== version) throw new Refusal('VERSION_CONFLICT', 'Somebody saved this intake after you opened it.');
      const before = together(rows, () => true);
      const answers = this.merged(row, today, before, input);
      const after = { ...row, version: version + 1, touched_day: today, consents_given: consentsGiven(answers), consents_named: false };
      await tx.query('UPDATE plain_intake SET version = $2, touched_day = $3, consents_given = $4 WHERE id = $1', [
        ...[id, after.version, today, after.consents_given],
      ]);
      const due = scheduledDays(scheduleIn(row.policies), factsOf(after), seasonEndFor(row, factsOf(after)));
      const changed = CLASSES_FROM_THE_START.filter((cls) => JSON.stringify(answersOfClass(before, cls)) !== JSON.stringify(answersOfClass(answers, cls)));
      const moved = rows.filter((one) => one.due_day !== due.get(one.class)).map((one) => one.class);
      await writeSections(tx, who.siteId, id, [...new Set([...changed, ...moved])], answers, due);
      if (lookupsOf(before) !== lookupsOf(answers)) await writeLookups(tx, who.siteId, id, answers);
      await also?.(tx, id);
      return { version: after.version, stage: row.stage };
    });
  }

  search(who: SiteMember, { field, value }: LookupQuery): Promise<readonly { readonly id: string }[]> {
    return this.records.inSite(who.siteId, (tx) =>
      tx.query<{ id: string }>('SELECT intake_id AS id FROM plain_lookup WHERE site_id = $1 AND field = $2 AND value = $3', [who.siteId, field, value]),
    );
  }

  private merged(rules: SiteRulesRow, today: Day, before: Answers, input: unknown): Answers {
    const { collect } = siteRulesIn(rules);
    return mergeAnswers(before, parseAnswers(input ?? {}, { collect, allowNeverIssued: this.settings.allowNeverIssuedNumbers, today }));
  }
}

async function writeSections(
  tx: RecordsTx,
  siteId: string,
  id: string,
  classes: readonly RetentionClass[],
  answers: Answers,
  due: ReadonlyMap<RetentionClass, Day>,
): Promise<void> {
  if (classes.length === 0) return;
  await tx.query(
    `INSERT INTO plain_section (intake_id, site_id, class, due_day, answers)
     SELECT $1, $2, class, due, answers FROM unnest($3::text[], $4::date[], $5::jsonb[]) AS n (class, due, answers)
     ON CONFLICT (intake_id, class) DO UPDATE SET due_day = excluded.due_day, answers = excluded.answers`,
    [id, siteId, classes, classes.map((cls) => due.get(cls)!), classes.map((cls) => JSON.stringify(answersOfClass(answers, cls)))],
  );
}

async function writeLookups(tx: RecordsTx, siteId: string, id: string, answers: Answers): Promise<void> {
  const values = lookupValues(answers).filter(({ value }) => value !== undefined);
  await tx.query('DELETE FROM plain_lookup WHERE intake_id = $1', [id]);
  await tx.query(
    `INSERT INTO plain_lookup (intake_id, site_id, slot, field, value)
     SELECT $1, $2, slot, field, value FROM unnest($3::smallint[], $4::text[], $5::text[]) AS n (slot, field, value)`,
    [id, siteId, values.map(({ slot }) => slot), values.map(({ field }) => field), values.map(({ value }) => value)],
  );
}

function lookupsOf(answers: Answers): string {
  return JSON.stringify(lookupValues(answers));
}

function notFound(): Refusal {
  return new Refusal('NOT_FOUND', 'There is no such intake at this site.');
}
