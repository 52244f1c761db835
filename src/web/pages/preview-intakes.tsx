import type { RetentionClass } from '../../catalogue/retention-class.js';
import type { Wording } from '../../catalogue/wording.js';
import type { Day } from '../../platform/clock.js';
import { DayText } from '../shell/dates.js';
import { Link } from '../shell/link.js';
import type { LocalPath } from '../shell/local-path.js';
import { useWords } from '../shell/shell.js';
import { classesInWords, PREVIEW_WORDS as WORDS } from '../words/preview-words.js';

/** Classes of an intake that share a day, its reason, and a hold or none. */
export interface AffectedGroup {
  readonly classes: readonly RetentionClass[];
  readonly day: Day;
  readonly reason: Wording;
  /** Undefined: they are destroyed. */
  readonly held?: Wording;
}

export interface PreviewIntakesProps {
  readonly rows: readonly { readonly id: string; readonly groups: readonly AffectedGroup[] }[];
  readonly more?: LocalPath;
  /** On every page but the first. */
  readonly first?: LocalPath;
}

/** A list, not a table: how many lines an intake has is not the same for any two. */
export function PreviewIntakes({ rows, more, first }: PreviewIntakesProps) {
  const t = useWords();
  return (
    <section aria-labelledby="intakes">
      <h2 id="intakes">{t(WORDS.intakes)}</h2>
      <p class="tf-quiet">{t(WORDS.intakesExplain)}</p>
      {rows.length === 0 && <p>{t(WORDS.noIntakes)}</p>}
      {rows.map(({ id, groups }) => (
        <section class="tf-affected" key={id} aria-label={`${t(WORDS.intake)} ${id}`}>
          <h3>
            {t(WORDS.intake)} <code class="tf-break">{id}</code>
          </h3>
          <ul>
            {groups.map((group) => (
              <li key={`${group.day} ${group.reason.en} ${group.held?.en}`}>
                <strong>
                  <DayText day={group.day} />
                </strong>
                : {t(classesInWords(group.classes))}
                <span class="tf-affected__why">
                  {t(WORDS.why)}: {t(group.reason)}.
                </span>
                {group.held !== undefined && <span class="tf-state tf-state--waiting">{t(group.held)}</span>}
              </li>
            ))}
          </ul>
        </section>
      ))}
      {(more ?? first) !== undefined && (
        <p>
          {first !== undefined && <Link to={first}>{t(WORDS.firstPage)}</Link>} {more !== undefined && <Link to={more}>{t(WORDS.more)}</Link>}
        </p>
      )}
    </section>
  );
}
