import { RUN_STEPS, type RunReason, type RunState, type RunStep } from '../../retention/purge-run.js';
import { LaterHere } from '../shell/later-here.js';
import { Link } from '../shell/link.js';
import type { LocalPath } from '../shell/local-path.js';
import type { Page } from '../shell/render-page.js';
import { useShell, useWords } from '../shell/shell.js';
import { numberInWords } from '../words/dates-in-words.js';
import { PROGRESS_WORDS as WORDS, RUN_REASON_WORDS, RUN_WORDS, STEP_WORDS } from '../words/retention-words.js';

/** How far a run is. */
export interface RunStanding {
  readonly state: RunState;
  readonly step: RunStep;
  readonly done: number;
  /** 0 while it is not known yet. */
  readonly total: number;
  readonly certificate?: LocalPath;
  /** Why it failed, or waits. */
  readonly reason?: RunReason;
}

export interface RunProgressPage extends RunStanding {
  /**
   * This page, while there is more to see. It is asked for and does not load itself: whoever listens to a page, or reads it
   * enlarged, would lose their place every few seconds (WCAG 2.2, 3.2.5).
   */
  readonly again?: LocalPath;
  /** The same page for whoever asks to see it move. */
  readonly watch?: LocalPath;
  /** It moves: what comes later takes the place of what is there (`streamPage`). */
  readonly isWatched?: boolean;
}

/** `finished` is said by the state. */
const STEPS = RUN_STEPS.filter((step) => step !== 'finished');

/** Shown anew, whole, each time that something has changed. */
export function RunStandingNow({ state, step: now, done, total, certificate, reason }: RunStanding) {
  const t = useWords();
  const { language } = useShell();
  const reached = RUN_STEPS.indexOf(now);
  return (
    <div>
      <p class="tf-intro" role="status">
        <strong>{t(RUN_WORDS[state])}</strong>
      </p>
      {reason !== undefined && <p>{t(RUN_REASON_WORDS[reason])}</p>}
      <ol class="tf-steps">
        {STEPS.map((step, at) => (
          <li key={step} class={at < reached || state === 'finished' ? 'tf-steps__done' : undefined} aria-current={at === reached && state !== 'finished' ? 'step' : undefined}>
            {t(STEP_WORDS[step])}
          </li>
        ))}
      </ol>
      {total > 0 && (
        <p>
          <label>
            {t(WORDS.progress)}: <progress max={total} value={done} />
          </label>{' '}
          {numberInWords(done, language)} {t(WORDS.of)} {numberInWords(total, language)}
        </p>
      )}
      {certificate !== undefined && (
        <p>
          <Link to={certificate} class="usa-button">
            {t(WORDS.seeCertificate)}
          </Link>
        </p>
      )}
    </div>
  );
}

function Body({ page }: { readonly page: RunProgressPage }) {
  const t = useWords();
  return (
    <>
      <h1>{t(WORDS.title)}</h1>
      {page.again !== undefined && (
        <ul class="usa-button-group">
          <li class="usa-button-group__item">
            <Link to={page.again} class="usa-button usa-button--outline">
              {t(page.isWatched ? WORDS.stopWatching : WORDS.again)}
            </Link>
          </li>
          {page.watch !== undefined && !page.isWatched && (
            <li class="usa-button-group__item">
              <Link to={page.watch} class="usa-button usa-button--outline">
                {t(WORDS.watch)}
              </Link>
            </li>
          )}
        </ul>
      )}
      <div class="tf-newest">
        <RunStandingNow {...page} />
        {page.isWatched && <LaterHere />}
      </div>
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
