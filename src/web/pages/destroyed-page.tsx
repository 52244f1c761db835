import type { RetentionClass } from '../../catalogue/retention-class.js';
import type { Day } from '../../platform/clock.js';
import { RetentionList, type ClassLives } from '../form/retention-line.js';
import { DayText } from '../shell/dates.js';
import { Link } from '../shell/link.js';
import type { Page } from '../shell/render-page.js';
import { useWords } from '../shell/shell.js';
import { DESTROYED_WORDS as WORDS } from '../words/retention-words.js';

/** 410: what was asked for is gone, with its days; 200's companion when a part of it lives. */
export interface DestroyedPage {
  readonly destroyed: Readonly<Partial<Record<RetentionClass, Day>>>;
  readonly alive: ClassLives;
  /** When only the day is left: the whole intake, the last of it on this day. */
  readonly all?: Day;
}

function Body({ page }: { readonly page: DestroyedPage }) {
  const t = useWords();
  const destroyed = Object.fromEntries(Object.entries(page.destroyed).map(([name, destroyedOn]) => [name, { destroyedOn }]));
  return (
    <>
      <h1>{t(WORDS.title)}</h1>
      <p class="tf-intro">{t(WORDS.explain)}</p>
      <h2>{t(WORDS.which)}</h2>
      {page.all !== undefined && (
        <p>
          {t(WORDS.all)} <DayText day={page.all} />
        </p>
      )}
      <RetentionList lives={destroyed} />
      {Object.keys(page.alive).length > 0 && (
        <>
          <h2>{t(WORDS.alive)}</h2>
          <RetentionList lives={page.alive} />
        </>
      )}
      <p>
        <Link to="/policy">{t(WORDS.policy)}</Link>
      </p>
    </>
  );
}

export const destroyedPage: Page<DestroyedPage> = { title: () => WORDS.title, width: 'form', Body };
