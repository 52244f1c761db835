import { RUN_STEPS, type RunState, type RunStep } from '../../retention/purge-run.js';
import { Link } from '../shell/link.js';
import type { LocalPath } from '../shell/local-path.js';
import type { Page } from '../shell/render-page.js';
import { useShell, useWords } from '../shell/shell.js';
import { numberInWords } from '../words/dates-in-words.js';
import { PROGRESS_WORDS as WORDS, RUN_WORDS, STEP_WORDS } from '../words/retention-words.js';

export interface RunProgressPage {
  readonly state: RunState;
  readonly step: RunStep;
  readonly done: number;
  /** 0 while it is not known yet. */
  readonly total: number;
  readonly certificate?: LocalPath;
  /**
   * This page, while there is more to see. It is asked for and does not load itself: whoever listens to a page, or reads it
   * enlarged, would lose their place every few seconds (WCAG 2.2, 3.2.5).
   */
  readonly again?: LocalPath;
}

/** `finished` is said by the state. */
const STEPS = RUN_STEPS.filter((step) => step !== 'finished');

function Body({ page }: { readonly page: RunProgressPage }) {
  const t = useWords();
  const { language } = useShell();
  const reached = RUN_STEPS.indexOf(page.step);
  return (
    <>
      <h1>{t(WORDS.title)}</h1>
      <p class="tf-intro" role="status">
        <strong>{t(RUN_WORDS[page.state])}</strong>
      </p>
      <ol class="tf-steps">
        {STEPS.map((step, at) => (
          <li key={step} class={at < reached || page.state === 'finished' ? 'tf-steps__done' : undefined} aria-current={at === reached && page.state !== 'finished' ? 'step' : undefined}>
            {t(STEP_WORDS[step])}
          </li>
        ))}
      </ol>
      {page.total > 0 && (
        <p>
          <label for="progress">{t(WORDS.progress)}: </label>
          <progress id="progress" max={page.total} value={page.done} /> {numberInWords(page.done, language)} {t(WORDS.of)}{' '}
          {numberInWords(page.total, language)}
        </p>
      )}
      {page.again !== undefined && (
        <p>
          <Link to={page.again} class="usa-button usa-button--outline">
            {t(WORDS.again)}
          </Link>
        </p>
      )}
      {page.certificate !== undefined && (
        <p>
          <Link to={page.certificate} class="usa-button">
            {t(WORDS.seeCertificate)}
          </Link>
        </p>
      )}
      <p>
        <Link to="/runs">{t(WORDS.back)}</Link>
      </p>
    </>
  );
}

export const runProgressPage: Page<RunProgressPage> = {
  title: () => WORDS.title,
  width: 'form',
  Body,
};
