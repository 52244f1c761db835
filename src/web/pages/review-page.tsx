import type { Wording } from '../../catalogue/wording.js';
import type { Day } from '../../platform/clock.js';
import { RetentionList, type ClassLives } from '../form/retention-line.js';
import { DayText } from '../shell/dates.js';
import { Link } from '../shell/link.js';
import type { LocalPath } from '../shell/local-path.js';
import type { Page } from '../shell/render-page.js';
import { useShell, useWords } from '../shell/shell.js';
import { personNumber, REVIEW_WORDS as WORDS } from '../words/intake-words.js';
import { AnswerList, type AnswerRow } from './answer-list.js';
import { IntakeHeading, IntakeNumber, type IntakeFacts } from './intake-facts.js';

export interface ReviewSection {
  readonly id: string;
  readonly title: Wording;
  /** Of a person of the household, from 0. */
  readonly position?: number;
  /** Absent once nothing of it can be answered any more. After a last stage too a wrong answer can be put right while it lives. */
  readonly change?: LocalPath;
  readonly rows: readonly AnswerRow[];
  /** Why there are no rows, if not for want of answers: numbers are not opened here, or nobody can open them any more. */
  readonly closed?: 'ownPage' | 'askedAnew' | 'destroyed' | 'kept';
}

export interface MissingAnswer {
  /** Of whom, where it is not the taxpayer: a name, perhaps. */
  readonly of?: Wording;
  readonly label: Wording;
  readonly to: LocalPath;
}

export interface ReviewPage {
  readonly intake: IntakeFacts;
  readonly sections: readonly ReviewSection[];
  /** Absent of an ended intake, of which nothing is needed any more. */
  readonly missing?: readonly MissingAnswer[];
  readonly lives: ClassLives;
  /** At the site: what is printed says of which day it is. */
  readonly today: Day;
}

function Body({ page }: { readonly page: ReviewPage }) {
  const t = useWords();
  return (
    <>
      <PrintedAt day={page.today} />
      <IntakeHeading intake={page.intake} />
      <h1>{t(WORDS.title)}</h1>
      <p class="tf-intro tf-no-print">{t(page.sections.every(({ change }) => change !== undefined) ? WORDS.check : WORDS.checkWhatLives)}</p>
      <IntakeNumber intake={page.intake} />
      {page.missing && <Missing missing={page.missing} />}
      {page.sections.map((section) => (
        <Section key={`${section.id} ${section.position ?? ''}`} section={section} />
      ))}
      <section class="tf-panel" aria-labelledby="lives">
        <h2 id="lives">{t(WORDS.howLong)}</h2>
        <RetentionList lives={page.lives} />
        <p class="tf-quiet">{t(WORDS.corrected)}</p>
        <p class="tf-no-print">
          <Link to={`${page.intake.path}/stage`}>{t(WORDS.endedEarly)}</Link>
        </p>
      </section>
    </>
  );
}

/** The header, which says where it comes from, is not printed. */
function PrintedAt({ day }: { readonly day: Day }) {
  const { member } = useShell();
  return (
    <p class="tf-print-only">
      {member && (
        <>
          <bdi>{member.siteName}</bdi> ·{' '}
        </>
      )}
      <DayText day={day} />
    </p>
  );
}

function Missing({ missing }: { readonly missing: NonNullable<ReviewPage['missing']> }) {
  const t = useWords();
  return (
    <section class="tf-panel" aria-labelledby="missing">
      <h2 id="missing">{t(WORDS.missing)}</h2>
      {missing.length === 0 ? (
        <p>{t(WORDS.missingNone)}</p>
      ) : (
        <ul class="usa-list">
          {missing.map(({ of, label, to }) => (
            <li key={to + label.en}>
              <Link to={to}>
                {of && (
                  <>
                    <bdi>{t(of)}</bdi>:{' '}
                  </>
                )}
                {t(label)}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Section({ section: { id, title, position, change, rows, closed } }: { readonly section: ReviewSection }) {
  const t = useWords();
  const heading = position === undefined ? t(title) : `${t(title)}: ${t(personNumber(position + 1))}`;
  const headingId = `section-${id}-${position ?? 'all'}`;
  return (
    <section class="tf-review" aria-labelledby={headingId}>
      <div class="tf-title-row">
        <h2 id={headingId}>{heading}</h2>
        {change !== undefined && (
          <Link to={change} class="usa-link tf-action tf-no-print">
            {t(WORDS.change)}
            <bdi class="usa-sr-only">: {heading}</bdi>
          </Link>
        )}
      </div>
      {rows.length === 0 ? (
        <p class="tf-quiet">{t(WORDS[closed ?? 'nothing'])}</p>
      ) : (
        <AnswerList rows={rows} />
      )}
    </section>
  );
}

export const reviewPage: Page<ReviewPage> = { title: () => WORDS.title, width: 'wide', Body };
