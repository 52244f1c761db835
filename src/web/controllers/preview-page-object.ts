import type { Site } from '../../access/site.js';
import { PREPARER_LIST, RETENTION_CLASSES, type RetentionClass } from '../../catalogue/retention-class.js';
import { daysBetween } from '../../platform/clock.js';
import type { AffectedClass } from '../../retention/affected-intakes.js';
import type { CalendarDay } from '../../retention/foresee.js';
import type { HeldOverTime, PreviewDays, RunPreview } from '../../retention/preview.js';
import type { FormProblem } from '../form/form-values.js';
import type { LivingOverTimeProps } from '../pages/living-over-time.js';
import type { CalendarGroup, CalendarRow } from '../pages/preview-calendar.js';
import type { AffectedGroup, PreviewIntakesProps } from '../pages/preview-intakes.js';
import type { PreviewPage } from '../pages/preview-page.js';
import type { LocalPath } from '../shell/local-path.js';
import { heldByInWords, reasonInWords } from '../words/preview-words.js';
import { isCollected } from './policy-page-object.js';

const PREVIEW = '/retention/preview';
const PLOT = `${PREVIEW}/plot.svg`;
const DAYS_A_ROW = 7;

interface Found {
  readonly site: Site;
  /** What it asked for at some time. */
  readonly ever: ReadonlySet<RetentionClass>;
  /** Its counts are of the classes that are foreseen. */
  readonly preview: RunPreview;
  readonly overTime: HeldOverTime;
  readonly cursor: string | undefined;
  readonly typed: string | undefined;
  readonly problems: readonly FormProblem[];
}

export function previewPageObject({ site, ever, preview, overTime, cursor, typed, problems }: Found): Omit<PreviewPage, 'mayPropose'> {
  const classes = preview.classes.map((row) => ({ ...row, asked: isForeseen(site, ever, row.class) }));
  return {
    siteName: site.name,
    policyVersion: preview.policyVersion,
    foreseen: {
      ...{ when: whenOf(preview), asOf: preview.asOf, intakes: preview.counts.destroyed, held: preview.counts.held },
      classes: classes.filter(({ asked, destroyed }) => asked && destroyed > 0).map((row) => row.class),
    },
    dateInDoubt: preview.doubt !== undefined,
    typed: typed ?? preview.asOf,
    problems,
    classes,
    intakes: intakesOf(preview, cursor),
    calendar: preview.calendar.map(calendarRow),
    overTime: overTimeOf(overTime),
  };
}

/** What a site asks for, or has asked for, since that may still be there; and its preparer's list, as long as there is one. */
export function isForeseen(site: Site, ever: ReadonlySet<RetentionClass>, name: RetentionClass): boolean {
  return name === PREPARER_LIST || isCollected(site, name) || ever.has(name);
}

function whenOf({ asOf, today, nextRun }: PreviewDays): PreviewPage['foreseen']['when'] {
  if (asOf !== nextRun) return 'later';
  return nextRun === today ? 'today' : 'tonight';
}

function intakesOf({ asOf, intakes, next }: RunPreview, cursor: string | undefined): PreviewIntakesProps {
  const first: LocalPath = `${PREVIEW}?asOf=${asOf}#intakes`;
  return {
    rows: intakes.map(({ id, classes }) => ({ id, groups: affectedGroups(classes) })),
    ...(next === undefined ? {} : { more: `${PREVIEW}?asOf=${asOf}&cursor=${next}#intakes` as const }),
    ...(cursor === undefined ? {} : { first }),
  };
}

function affectedGroups(classes: readonly AffectedClass[]): readonly AffectedGroup[] {
  const groups = classes.map((one): AffectedGroup => ({
    ...{ classes: [one.class], day: one.due, reason: reasonInWords(one.reason) },
    ...(one.heldBy.length === 0 ? {} : { held: heldByInWords(one.heldBy) }),
  }));
  const byReason = new Map<string, AffectedGroup>();
  for (const group of groups) {
    const key = `${group.day} ${group.reason.en} ${group.held?.en}`;
    byReason.set(key, { ...group, classes: [...(byReason.get(key)?.classes ?? []), ...group.classes] });
  }
  return [...byReason.values()].map((group) => ({ ...group, classes: RETENTION_CLASSES.filter((name) => group.classes.includes(name)) }));
}

function calendarRow({ day, classes }: CalendarDay): CalendarRow {
  return { day, destroyed: calendarGroups(classes, 'destroyed'), held: calendarGroups(classes, 'held') };
}

/** The largest number first. */
function calendarGroups(classes: CalendarDay['classes'], of: 'destroyed' | 'held'): readonly CalendarGroup[] {
  const byNumber = new Map<number, RetentionClass[]>();
  for (const row of classes) if (row[of] > 0) byNumber.set(row[of], [...(byNumber.get(row[of]) ?? []), row.class]);
  return [...byNumber].sort(([a], [b]) => b - a).map(([intakes, names]) => ({ intakes, classes: names }));
}

/** Today is a row once, as it stands now: what its run is still to leave is in the picture. */
function overTimeOf({ today, past, coming: [now, ...later] }: HeldOverTime): LivingOverTimeProps {
  const points = [...past, now, ...later.filter(({ day }) => day > today)];
  return {
    points: points.filter(({ day }, at, all) => daysBetween(today, day) % DAYS_A_ROW === 0 || at === 0 || at === all.length - 1),
    now: today,
    pictures: { narrow: `${PLOT}?width=narrow`, wide: `${PLOT}?width=wide` },
  };
}
