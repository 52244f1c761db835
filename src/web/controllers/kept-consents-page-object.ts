import { givenConsents } from '../../catalogue/given-consents.js';
import type { KeptOfYear } from '../../intake/list-kept-consents.js';
import { readableUntil } from '../../retention/due-days.js';
import type { KeptConsentsPage } from '../pages/kept-consents-page.js';
import { intakePath } from './intake-page-object.js';

export function keptConsentsObject(year: number, { intakes, next }: KeptOfYear): KeptConsentsPage {
  return {
    year,
    intakes: intakes.map(({ id, taxYear, isPreserved, dueDay, consents }) => ({
      ...{ path: `${intakePath(id)}/consents`, taxYear, isPreserved },
      ...(dueDay && { readableUntil: readableUntil(dueDay) }),
      ...(consents && { given: givenConsents(consents.reveal()) }),
    })),
    ...(next === undefined ? {} : { next: `/kept-consents/${year}?cursor=${next}` as const }),
  };
}
