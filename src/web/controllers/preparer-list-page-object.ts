import type { ReturnsOfPeriod } from '../../intake/list-returns.js';
import type { ReturnPeriod } from '../../intake/return-period.js';
import type { PreparerListPage } from '../pages/preparer-list-page.js';
import { intakePath } from './intake-page-object.js';

export function preparerListObject(period: ReturnPeriod, { returns, next }: ReturnsOfPeriod): PreparerListPage {
  return {
    period,
    returns: returns.map(({ id, listedDay, isPreserved, list }) => ({ path: `${intakePath(id)}/preparer-list`, listedDay, isPreserved, ...(list ? { list: list.reveal() } : {}) })),
    ...(next === undefined ? {} : { next: `/preparer-list/${period.year}?cursor=${next}` as const }),
  };
}
