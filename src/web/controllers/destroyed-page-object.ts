import { isRetentionClass } from '../../catalogue/retention-class.js';
import type { Day } from '../../platform/clock.js';
import type { RefusalDetails } from '../../platform/refusal.js';
import type { DestroyedPage } from '../pages/destroyed-page.js';
import { livesUntil } from './intake-page-object.js';

/** What a DESTROYED refusal names: the days of single classes or, when only the tombstone is left, the last day of all. */
export function destroyedPageObject({ destroyed, alive }: RefusalDetails): DestroyedPage {
  const days = (destroyed ?? {}) as Readonly<Record<string, Day>>;
  const { all, ...single } = days;
  const classes = Object.fromEntries(Object.entries(single).filter(([name]) => isRetentionClass(name)));
  return { destroyed: classes, alive: livesUntil((alive ?? {}) as Parameters<typeof livesUntil>[0]), ...(all === undefined ? {} : { all }) };
}
