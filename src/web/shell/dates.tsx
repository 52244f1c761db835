import type { Day } from '../../platform/clock.js';
import { dayInWords, momentInWords } from '../words/dates-in-words.js';
import { useShell } from './shell.js';

export function DayText({ day }: { readonly day: Day }) {
  const { language } = useShell();
  return <time datetime={day}>{dayInWords(day, language)}</time>;
}

export function MomentText({ at }: { readonly at: Date }) {
  const { language, timeZone } = useShell();
  return <time datetime={at.toISOString()}>{momentInWords(at, timeZone, language)}</time>;
}
