import type { Day } from '../../platform/clock.js';
import { dayInWords, momentInWords } from '../words/dates-in-words.js';
import { useShell } from './shell.js';

export function DayText({ day }: { readonly day: Day }) {
  const { language } = useShell();
  return <time datetime={day}>{dayInWords(day, language)}</time>;
}

/**
 * What the database has need not be a time: PostgreSQL knows an infinite one, and whoever is at it may have written that.
 * @param timeZone where the page is shown to somebody of no site yet; otherwise the site's
 */
export function MomentText({ at, timeZone }: { readonly at: Date; readonly timeZone?: string }) {
  const shell = useShell();
  if (!Number.isFinite(Number(at))) return <>–</>;
  return <time datetime={at.toISOString()}>{momentInWords(at, timeZone ?? shell.timeZone, shell.language)}</time>;
}
