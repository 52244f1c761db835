import type { RetentionClass } from '../../catalogue/retention-class.js';
import type { Wording } from '../../catalogue/wording.js';
import type { Day } from '../../platform/clock.js';
import { CLASS_WORDS } from '../words/class-words.js';
import { FORM_WORDS as WORDS } from '../words/form-words.js';
import { DayText } from '../shell/dates.js';
import { useWords } from '../shell/shell.js';

/** How long a class of this intake lives: `readableUntil` is the last day, the one before the day of destruction; a legal hold keeps it closed since that one. */
export type ClassLife = { readonly readableUntil: Day } | { readonly destroyedSince: Day } | { readonly keptSince: Day };
export type ClassLives = Readonly<Partial<Record<RetentionClass, ClassLife>>>;

/** "Readable until May 14, 2027" */
export function RetentionLine({ life }: { readonly life: ClassLife }) {
  const t = useWords();
  const [words, day] = wordsOf(life);
  return (
    <span class="tf-retention">
      {t(words)} <DayText day={day} />
    </span>
  );
}

function wordsOf(life: ClassLife): readonly [Wording, Day] {
  if ('readableUntil' in life) return [WORDS.readableUntil, life.readableUntil];
  return 'keptSince' in life ? [WORDS.keptSince, life.keptSince] : [WORDS.destroyedSince, life.destroyedSince];
}

/** One line for each class that a page touches, in the order given; nothing if there is none. */
export function RetentionList({ lives }: { readonly lives: ClassLives }) {
  const t = useWords();
  if (Object.keys(lives).length === 0) return null;
  return (
    <dl class="tf-lives">
      {Object.entries(lives).map(([name, life]) => (
        <div key={name}>
          <dt>{t(CLASS_WORDS[name as RetentionClass])}</dt>
          <dd>
            <RetentionLine life={life} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
