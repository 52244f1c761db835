import { isRetentionClass } from '../../catalogue/retention-class.js';
import type { Day } from '../../platform/clock.js';
import type { RefusalDetails } from '../../platform/refusal.js';
import type { DestroyedPage } from '../pages/destroyed-page.js';
import { isLocalPath } from '../shell/local-path.js';
import { intakePath } from './intake-page-object.js';

/** What a DESTROYED refusal names: the days of single classes or, when only the tombstone is left, the last day of all. */
export function destroyedPageObject({ destroyed, rest, erased }: RefusalDetails): DestroyedPage {
  const { all, ...days } = (destroyed ?? {}) as Readonly<Record<string, Day>>;
  const classes = Object.fromEntries(Object.entries(days).filter(([name]) => isRetentionClass(name)));
  return { destroyed: classes, ...(all === undefined ? {} : { all }), ...(isLocalPath(rest) ? { rest } : {}), ...receiptOf(erased) };
}

/** Of an early erasure, by its intake. */
function receiptOf(erased: unknown): Pick<DestroyedPage, 'receipt'> {
  return typeof erased === 'string' ? { receipt: `${intakePath(erased)}/erasure/receipt` } : {};
}
