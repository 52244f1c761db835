import { isRetentionClass } from '../../catalogue/retention-class.js';
import type { Day } from '../../platform/clock.js';
import type { RefusalDetails } from '../../platform/refusal.js';
import type { DestroyedPage } from '../pages/destroyed-page.js';
import { isLocalPath } from '../shell/local-path.js';

/** What a DESTROYED refusal names: the days of single classes or, when only the tombstone is left, the last day of all. */
export function destroyedPageObject({ destroyed, rest }: RefusalDetails): DestroyedPage {
  const { all, ...days } = (destroyed ?? {}) as Readonly<Record<string, Day>>;
  const classes = Object.fromEntries(Object.entries(days).filter(([name]) => isRetentionClass(name)));
  return { destroyed: classes, ...(all === undefined ? {} : { all }), ...(isLocalPath(rest) ? { rest } : {}) };
}
