import type { RetentionClass } from '../../catalogue/retention-class.js';
import type { Day } from '../../platform/clock.js';
import { RetentionList } from '../form/retention-line.js';
import { DayText } from '../shell/dates.js';
import { Link } from '../shell/link.js';
import type { LocalPath } from '../shell/local-path.js';
import type { Page } from '../shell/render-page.js';
import { useWords } from '../shell/shell.js';
import { DESTROYED_WORDS as WORDS } from '../words/retention-words.js';

/** 410: what was asked for is gone, with its days. */
export interface DestroyedPage {
  readonly destroyed: Readonly<Partial<Record<RetentionClass, Day>>>;
  /** When only the day is left: the whole intake, the last of it on this day. */
  readonly all?: Day;
  /** Where the rest of the intake can be read, if some of it lives. */
  readonly rest?: LocalPath;
  /** Of its early erasure, if it was one. */
  readonly receipt?: LocalPath;
}

function Body({ page }: { readonly page: DestroyedPage }) {
  const t = useWords();
  const destroyed = Object.fromEntries(Object.entries(page.destroyed).map(([name, destroyedSince]) => [name, { destroyedSince }]));
  return (
    <>
      <h1>{t(WORDS.title)}</h1>
      <p class="tf-intro">{t(page.receipt === undefined ? WORDS.explain : WORDS.erased)}</p>
      <h2>{t(WORDS.which)}</h2>
      {page.all !== undefined && (
        <p>
          {t(WORDS.all)} <DayText day={page.all} />
        </p>
      )}
      <RetentionList lives={destroyed} />
      {page.rest !== undefined && page.destroyed.credentials !== undefined && <p>{t(WORDS.numbers)}</p>}
      {page.receipt !== undefined && (
        <p>
          <Link to={page.receipt}>{t(WORDS.receipt)}</Link>
        </p>
      )}
      {page.rest !== undefined && (
        <p>
          <Link to={page.rest}>{t(WORDS.rest)}</Link>
        </p>
      )}
      <p>
        <Link to="/policy">{t(WORDS.policy)}</Link>
      </p>
    </>
  );
}

export const destroyedPage: Page<DestroyedPage> = { title: () => WORDS.title, width: 'form', Body };
