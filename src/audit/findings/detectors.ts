import { PREPARER_LIST, type RetentionClass } from '../../catalogue/retention-class.js';
import type { RecordsTx } from '../../platform/records-tx.js';
import { LISTED, listsNaming } from '../entry-filter.js';
import { READINGS } from '../entry.js';
import { MOST_OF } from '../longest-cells.js';
import { partAsJson } from '../part-as-json.js';
import { actsBetween, openedBy } from './acts-between.js';
import { crowdedHours, MOST_FINDINGS } from './crowded-hour.js';
import type { DetectorName, Finding, Span, WatchRules } from './finding.js';
import { beginningsOfDays, dayNumber, isOutside } from './site-clocks.js';

/** Looks through a span of one site's log. The newest findings first, one more than are shown when there are more. */
export type Detector = (tx: RecordsTx, span: Span, rules: WatchRules) => Promise<readonly Finding[]>;

interface Row {
  readonly member: string | null;
  readonly first: number;
  readonly last: number;
  readonly from: Date;
  readonly until: Date;
  readonly entries: number;
  /** Of crowded hours. */
  readonly things?: number;
  readonly intakes?: number;
  readonly permissions?: readonly string[];
}

/** Days of a site, or some of them. */
interface Days extends Span {
  /** Of the span that they are of. */
  readonly end: Date;
}

/** What it finds lies on one day, whatever lies on others. */
type DayDetector = (tx: RecordsTx, days: Days, rules: WatchRules) => Promise<readonly Finding[]>;

/** Days that are looked through at once: all that thirty times 24 hours touch. */
const AT_ONCE = 31;

/** The newest days first, and no older ones once more is found than is shown. */
function newestFirst(look: DayDetector): Detector {
  return async (tx, { from, before: end }, rules) => {
    const [{ days }] = (await tx.query(`SELECT ${beginningsOfDays(CLOCKS)} AS days`, [from, end, rules.timeZone])) as [{ days: readonly Date[] }];
    const found: Finding[] = [];
    for (let [last, before] = [days.length, end]; last > 0 && found.length <= MOST_FINDINGS; last -= AT_ONCE) {
      const first = last > AT_ONCE ? days[last - AT_ONCE]! : from;
      found.push(...(await look(tx, { from: first, before, end }, rules)));
      before = first;
    }
    return found.slice(0, MOST_FINDINGS + 1);
  };
}

/** Of a detector whose third parameter is the site's time zone. */
const CLOCKS = { from: '$1::timestamptz', before: '$2::timestamptz', timeZone: '$3' };
const DAY = dayNumber(CLOCKS);

/** Many different intakes opened by one member within an hour. A page of a list opens each intake on it. */
const manyIntakes: Detector = async (tx, span, { manyIntakes: enough }) => {
  const acts = `WITH ${openedBy(actsBetween(['answers.read']))} SELECT id, at, member::text AS who, intake_id AS what FROM opened WHERE intake_id IS NOT NULL`;
  const rows = await tx.query<Row>(crowdedHours(acts, '$3::int'), [span.from, span.before, enough]);
  return rows.map((row) => found('many-intakes', row, row.things));
};

/** Answers read by a member before the site opens, after it closes, or on a day on which it is closed: one finding for each member and day. */
const outsideHours: DayDetector = async (tx, span, { timeZone, opensAt, closesAt, openDays }) => {
  const outside = `SELECT *, ${DAY} AS day FROM (${actsBetween(READINGS)}) AS read WHERE ${isOutside(CLOCKS, { opensAt: '$4::int', closesAt: '$5::int', openDays: '$6::int' })}`;
  const rows = await tx.query<Row>(openedByMemberAndDay(outside), [span.from, span.before, timeZone, opensAt, closesAt, openDays]);
  return rows.map((row) => found('outside-hours', row, row.intakes));
};

/** Classes that hold numbers of people and of accounts. */
export const CLASSES_WITH_NUMBERS: readonly RetentionClass[] = ['credentials', PREPARER_LIST];

/** Numbers of people and of accounts opened, those on a preparer's list too, one by one or a page of it: one finding for each member and day. */
const credentialsOpened: DayDetector = async (tx, span, { timeZone }) => {
  const lists = await listsNaming(tx, { classes: CLASSES_WITH_NUMBERS });
  const numbers = `SELECT *, ${DAY} AS day FROM (${actsBetween(['answers.read'])}) AS read WHERE named = ANY ($4::uuid[])`;
  const rows = await tx.query<Row>(openedByMemberAndDay(numbers), [span.from, span.before, timeZone, lists]);
  return rows.map((row) => found('credentials-opened', row, row.intakes));
};

/**
 * Intakes that a member opened, alone or on a page of a list, and neither started, saved nor moved to another stage within sixty minutes before
 * or after: so many different ones on one day. What was read in the last hour of the span is not judged yet.
 */
const readsWithoutChange: DayDetector = async (tx, span, { timeZone, readsWithoutChange: enough }) => {
  const acts = actsBetween(['answers.read', 'intake.created', 'answers.written', 'intake.staged'], `$1::timestamptz - interval '1 hour'`, `$2::timestamptz + interval '1 hour'`);
  const idle = `
    SELECT *, ${DAY} AS day FROM opened
    WHERE kind = 'answers.read' AND intake_id IS NOT NULL AND at >= $1 AND at < least($2, $5::timestamptz - interval '1 hour') AND NOT EXISTS (
      SELECT FROM act change WHERE change.kind <> 'answers.read' AND change.member = opened.member AND change.intake_id = opened.intake_id
        AND change.at >= opened.at - interval '1 hour' AND change.at <= opened.at + interval '1 hour')`;
  const entries = `count(*) FILTER (WHERE NOT listed) + count(DISTINCT id) FILTER (WHERE listed)`;
  const sql = `WITH ${openedBy(acts)} ${byMemberAndDay(idle, { having: 'count(DISTINCT intake_id) >= $4::int', entries })}`;
  const rows = await tx.query<Row>(sql, [span.from, span.before, timeZone, enough, span.end]);
  return rows.map((row) => found('reads-without-change', row, row.intakes));
};

/** Sign-ins refused for one account within an hour; those for accounts that are not known here count together. */
const failedSignIns: Detector = async (tx, span, { failedSignIns: enough }) => {
  const acts = `SELECT id, at, coalesce(left(subject ->> 'member', ${MOST_OF.word}), '') AS who, id AS what
    FROM (SELECT f.entry_id AS id, f.at, ${partAsJson('p.subject')} AS subject FROM ${LISTED} JOIN log_part p ON p.entry_id = f.entry_id
      WHERE f.kind = 'sign-in-failed' AND f.at >= $1 AND f.at < $2 OFFSET 0) AS failed WHERE subject IS NOT NULL`;
  const rows = await tx.query<Row>(crowdedHours(acts, '$3::int'), [span.from, span.before, enough]);
  return rows.map((row) => found('failed-sign-ins', row));
};

/** What a member asked for and their role may not, on one day. */
const refusedAttempts: DayDetector = async (tx, span, { timeZone, refusedAttempts: enough }) => {
  const acts = `SELECT read.*, ${DAY} AS day, left(${partAsJson('p.context')} ->> 'permission', ${MOST_OF.word}) AS permission
    FROM (${actsBetween(['access.refused'])}) AS read JOIN log_part p ON p.entry_id = read.id`;
  const permissions = 'array_agg(DISTINCT permission) FILTER (WHERE permission IS NOT NULL) AS permissions';
  const rows = await tx.query<Row>(byMemberAndDay(acts, { having: 'count(*) >= $4::int', more: permissions }), [span.from, span.before, timeZone, enough]);
  return rows.map((row) => ({ ...found('refused-attempts', row), permissions: row.permissions ?? [] }));
};

export const DETECT: Readonly<Record<DetectorName, Detector>> = {
  'many-intakes': manyIntakes,
  'outside-hours': newestFirst(outsideHours),
  'credentials-opened': newestFirst(credentialsOpened),
  'reads-without-change': newestFirst(readsWithoutChange),
  'failed-sign-ins': failedSignIns,
  'refused-attempts': newestFirst(refusedAttempts),
};

/** SQL: what lies on one day and is one member's, together. @param acts with a column `day` beside those of `actsBetween`, a row for each entry unless `entries` says how to count them */
function byMemberAndDay(acts: string, { having = 'true', more, entries = 'count(*)' }: { readonly having?: string; readonly more?: string; readonly entries?: string } = {}): string {
  return `SELECT member, min(id)::int8 AS first, max(id)::int8 AS last, min(at) AS from, max(at) AS until, (${entries})::int AS entries,
      count(DISTINCT intake_id)::int AS intakes${more ? `, ${more}` : ''}
    FROM (${acts}) AS act GROUP BY member, day HAVING ${having} ORDER BY until DESC, member LIMIT ${MOST_FINDINGS + 1}`;
}

/** SQL: the same with all intakes that the acts opened, for those days alone that are shown: a list of fifty is fifty rows. */
function openedByMemberAndDay(acts: string): string {
  const days = `SELECT member, day, min(id)::int8 AS first, max(id)::int8 AS last, min(at) AS from, max(at) AS until, count(*)::int AS entries
    FROM every GROUP BY member, day ORDER BY until DESC, member LIMIT ${MOST_FINDINGS + 1}`;
  // Numbered, since numbers are sorted in a fraction of the time that members are.
  return `WITH every AS MATERIALIZED (${acts}), newest AS MATERIALIZED (SELECT row_number() OVER (ORDER BY until DESC, member) AS number, * FROM (${days}) AS one),
    shown AS MATERIALIZED (SELECT every.*, number FROM every JOIN newest USING (member, day)), ${openedBy('SELECT * FROM shown', ', number')}
    SELECT newest.*, intakes FROM newest JOIN (
      SELECT number, count(intake_id)::int AS intakes FROM (SELECT DISTINCT number, intake_id FROM opened) AS one GROUP BY number
    ) AS counted USING (number) ORDER BY number`;
}

function found(detector: DetectorName, { member, first, last, from, until, entries }: Row, intakes?: number): Finding {
  return { detector, first, last, from, until, entries, ...(member === null ? {} : { member }), ...(intakes === undefined ? {} : { intakes }) };
}
