import type { Day } from '../../platform/clock.js';
import { dayInWords, momentInWords } from '../words/dates-in-words.js';
import { useShell } from './shell.js';

export function DayText({ day }: { readonly day: Day }) {
  const { language } = useShell();
  return <time datetime={day}>{dayInWords(day, language)}</time>;
}

/** @param timeZone where the page is shown to somebody of no site yet; otherwise the site's */
export function MomentText({ at, timeZone }: { readonly at: Date; readonly timeZone?: string }) {
  const shell = useShell();
  return <time datetime={at.toISOString()}>{momentInWords(at, timeZone ?? shell.timeZone, shell.language)}</time>;
}
