import type { IntakeFacts } from '../audit/intake-facts.js';
import { PREPARER_LIST, type RetentionClass } from '../catalogue/retention-class.js';
import type { Day } from '../platform/clock.js';
import type { ExpectedLife } from './expected-lives.js';
import type { StoredLife, StoredShare } from './stored-lives.js';

/**
 * What of an intake is not as it must be.
 * - `late`: a class would die later than it must. A crash between the two databases leaves that, and nobody need have done it
 * - `early`: it would die sooner; `place`: the key store has it under another tax year or day of creation, by which a hold could
 *   miss it; `facts`: the records' row says something else than the log. No crash leaves any of these
 */
export const DIFFERENCES = ['late', 'early', 'place', 'facts'] as const;
export type Difference = (typeof DIFFERENCES)[number];

export interface LifeDifferences {
  readonly found: ReadonlySet<Difference>;
  /** The days that are to be stored, of the classes where they are not. */
  readonly days: ReadonlyMap<RetentionClass, Day>;
  /**
   * Shares that nothing is sealed under, by what the truth says: a crash left the share of a preparer's list without the list, or that of
   * a class which was to begin anew, past its own day, while its section was sealed under one that never came. They keep their days.
   */
  readonly unsealed: readonly RetentionClass[];
}

/** Pure. A share at another site than its intake's is `changed`: there is no putting it right. */
export function lifeDifferences(
  { siteId, facts, days, endedBefore }: ExpectedLife,
  { shares }: StoredLife,
  row: IntakeFacts | undefined,
): LifeDifferences | 'changed' {
  const found = new Set<Difference>();
  const corrected = new Map<RetentionClass, Day>();
  const unsealed: RetentionClass[] = [];
  for (const share of shares) {
    const due = days.get(share.class);
    if (share.siteId !== siteId) return 'changed';
    if (due === undefined) {
      if (share.class !== PREPARER_LIST) return 'changed';
      unsealed.push(share.class);
    }
    if (share.taxYear !== facts.taxYear || share.createdDay !== facts.createdDay) found.add('place');
    if (due === undefined || share.dueDay === due) continue;
    if (isOfLifeBefore(share, endedBefore?.get(share.class))) {
      unsealed.push(share.class);
      continue;
    }
    found.add(share.dueDay < due ? 'early' : 'late');
    corrected.set(share.class, due);
  }
  if (row && !sameFacts(row, facts)) found.add('facts');
  return { found, days: corrected, unsealed };
}

/** One that has begun anew lies in a later bucket, which is bound to it: nobody who writes the old day into its row makes it the old one. */
function isOfLifeBefore({ dueDay, bucketDay }: StoredShare, ended: Day | undefined): boolean {
  return dueDay === ended && bucketDay <= ended;
}

function sameFacts(one: IntakeFacts, other: IntakeFacts): boolean {
  return (Object.keys(other) as (keyof IntakeFacts)[]).every((name) => one[name] === other[name]);
}
