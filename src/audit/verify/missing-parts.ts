import { calendarDay } from '../entry-values.js';
import { PART_NAMES, type DisclosedParts } from './disclosed-parts.js';
import type { Finding } from './finding.js';
import type { LeafFields } from './leaf-fields.js';

/** What no pruning takes: the rules, custody and names of the log (docs/decisions/0023). */
const NEVER_PRUNED: ReadonlySet<string> = new Set([
  ...['policy.approved', 'policy.withdrawn', 'site.created', 'site.changed', 'hold.placed', 'hold.found', 'hold.released', 'hold.mended'],
  ...['organisation.created', 'vault.created', 'vault.pinned', 'log.origin', 'log.key-rotated', 'log.pruned', 'restore.found', 'restore.swept', 'restore.released'],
]);

/** What pruning takes no sooner than certificates of destruction, which rest on it. */
const AS_CERTIFICATES: ReadonlySet<string> = new Set([
  'purge.intended', 'purge.finished', 'purge.failed', 'bucket.destroyed', 'bucket.moved', 'inputs.corrected', 'lookup.lost', 'master.rotated', 'clock.confirmed',
]);
/** By no policy less; nor by the database, whatever it is asked for. */
const [ENTRIES_YEARS, CERTIFICATES_YEARS] = [2, 6];

/** Entries of one age at which they are pruned: the first that has no parts of each day, and the day before which pruning took them. */
interface Aged {
  readonly firstOf: Map<string, { readonly index: number; readonly entryId: number | undefined }>;
  prunedBefore: string;
}

/**
 * Entries without parts, against what the log says of its own pruning: `log.pruned` names the days before which all of it was. Remembers the
 * first entry of each day and no more.
 */
export class MissingParts {
  readonly #most: Aged = { firstOf: new Map(), prunedBefore: '' };
  readonly #asCertificates: Aged = { firstOf: new Map(), prunedBefore: '' };
  readonly #never: Finding[] = [];

  take(index: number, entryId: number | undefined, { kind, time }: LeafFields, parts: DisclosedParts): void {
    if (parts.count === PART_NAMES.length) return;
    const place = { index, entryId };
    if (NEVER_PRUNED.has(kind)) this.#never.push(findingAt(place));
    else {
      const { firstOf } = AS_CERTIFICATES.has(kind) ? this.#asCertificates : this.#most;
      if (!firstOf.has(dayOf(time))) firstOf.set(dayOf(time), place);
    }
  }

  /** What a `log.pruned` says, wherever it stands: its pruning can be seen before its place in the tree is. @param context that its leaf commits to */
  heed(time: string, context: string): void {
    const { day = '', certificatesDay = day } = daysIn(context);
    prunedBefore(this.#most, earlier(day, yearsBefore(dayOf(time), ENTRIES_YEARS)));
    prunedBefore(this.#asCertificates, earlier(certificatesDay, yearsBefore(dayOf(time), CERTIFICATES_YEARS)));
  }

  /** The first entry of each day whose parts are gone, and were not pruned. */
  found(): readonly Finding[] {
    const days = [this.#most, this.#asCertificates].flatMap(({ firstOf, prunedBefore: before }) => [...firstOf].filter(([day]) => day >= before));
    return [...this.#never, ...days.map(([, place]) => findingAt(place))];
  }
}

function earlier(one: string, other: string): string {
  return one < other ? one : other;
}

function prunedBefore(aged: Aged, day: string): void {
  if (day > aged.prunedBefore) aged.prunedBefore = day;
}

/** None where it names none: what is committed to is not for that what the log writes. Older entries name the one day alone. */
function daysIn(context: string): { readonly day?: string; readonly certificatesDay?: string } {
  try {
    const { day, certificatesDay } = JSON.parse(context) as Readonly<Record<string, unknown>>;
    return { ...(calendarDay(day) ? { day } : {}), ...(calendarDay(certificatesDay) ? { certificatesDay } : {}) };
  } catch {
    return {};
  }
}

/** 29 February of a year that has none is before 1 March, as text too. */
function yearsBefore(day: string, years: number): string {
  return `${String(Number(day.slice(0, 4)) - years).padStart(4, '0')}${day.slice(4)}`;
}

function dayOf(time: string): string {
  return time.slice(0, 10);
}

function findingAt({ index, entryId }: { readonly index: number; readonly entryId: number | undefined }): Finding {
  return { kind: 'parts-gone', index, ...(entryId === undefined ? {} : { entryId }) };
}
