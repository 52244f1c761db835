import type { LogState } from '../../access/check-checkpoint.js';
import type { PastedVerdict } from '../../audit/check-pasted.js';
import { inputId } from '../form/asked-input.js';
import { LongTextControl } from '../form/controls.js';
import { describedBy } from '../form/described-by.js';
import { LabelledQuestion } from '../form/question-frame.js';
import { MomentText } from '../shell/dates.js';
import { Link } from '../shell/link.js';
import { Notice } from '../shell/notice.js';
import { PostForm } from '../shell/post-form.js';
import type { Page } from '../shell/render-page.js';
import { useShell, useWords } from '../shell/shell.js';
import { RESTORED_WORDS } from '../words/restored-words.js';
import { missingInWords, signingInWords, sizeInWords, verdictInWords, VERIFICATION_WORDS as WORDS, waitingInWords } from '../words/verification-words.js';
import { LastLook, VerificationResultList, type VerificationResults } from './verification-results.js';

export interface VerificationPage {
  readonly state: LogState;
  readonly results: VerificationResults;
  /** Records from a backup are not released yet. */
  readonly isRestored: boolean;
  /** Of the checkpoint that was pasted. */
  readonly verdict?: PastedVerdict;
  readonly pasted?: string;
}

const SLOW_SECONDS = 60;

function Body({ page: { state, results, isRestored, verdict, pasted } }: { readonly page: VerificationPage }) {
  const t = useWords();
  const id = inputId('checkpoint');
  return (
    <>
      <h1>{t(WORDS.title)}</h1>
      {isRestored && (
        <Notice kind="warning">
          <p class="usa-alert__text">
            {t(RESTORED_WORDS.explains)} <Link to="/restored">{t(RESTORED_WORDS.title)}</Link>
          </p>
        </Notice>
      )}
      {verdict && <Verdict verdict={verdict} log={results.log} />}
      <p class="tf-intro">{t(WORDS.intro)}</p>
      <h2>{t(WORDS.now)}</h2>
      <State state={state} />
      <VerificationResultList {...results} />
      <h2>{t(WORDS.paste)}</h2>
      <PostForm action="/verification">
        <LabelledQuestion id={id} label={t(WORDS.pasted)} hint={t(WORDS.pastedHint)}>
          <LongTextControl id={id} name="checkpoint" values={{ checkpoint: pasted ?? '' }} rows={6} describedBy={describedBy(id, { hint: WORDS.pastedHint })} invalid={false} />
        </LabelledQuestion>
        <button type="submit" class="usa-button">
          {t(WORDS.check)}
        </button>
      </PostForm>
      {state.checkpoint && (
        <>
          <h2 id="newest">{t(WORDS.newest)}</h2>
          <p>{t(WORDS.keep)}</p>
          <pre class="tf-note" tabIndex={0} aria-labelledby="newest" role="region">
            {state.checkpoint.note}
          </pre>
        </>
      )}
    </>
  );
}

function State({ state: { checkpoint, size, pending, oldestPending, missing, fault, unsignedFor } }: { readonly state: LogState }) {
  const t = useWords();
  const { language } = useShell();
  return (
    <>
      <p class={fault || unsignedFor ? 'usa-error-message' : undefined}>{t(signingInWords({ checkpoint, fault, unsignedFor }))}</p>
      <p>
        {sizeInWords(size, pending)(language)}{' '}
        {checkpoint && (
          <>
            {t(WORDS.newest)}: <MomentText at={checkpoint.signedAt} />.
          </>
        )}
      </p>
      {oldestPending > SLOW_SECONDS && <p class="usa-error-message">{t(waitingInWords(oldestPending))}</p>}
      {missing && <p class="usa-error-message">{t(missingInWords(missing))}</p>}
    </>
  );
}

const LOOKS: Readonly<Record<PastedVerdict['verdict'], string>> = { unreadable: 'warning', 'not-signed': 'error', contained: 'success', 'not-contained': 'error' };

function Verdict({ verdict, log }: { readonly verdict: PastedVerdict; readonly log: VerificationResults['log'] | undefined }) {
  const t = useWords();
  const { said, means } = verdictInWords(verdict);
  return (
    <div class={`usa-alert usa-alert--${LOOKS[verdict.verdict]}`} role="status">
      <div class="usa-alert__body">
        <p class="usa-alert__text">
          <strong>{t(said)}</strong>
        </p>
        <p class="usa-alert__text">{t(means)}</p>
        {verdict.verdict === 'contained' && (
          <p class="usa-alert__text">
            <LastLook {...(log && { log })} />
          </p>
        )}
      </div>
    </div>
  );
}

export const verificationPage: Page<VerificationPage> = { title: () => WORDS.title, hasProblems: () => false, width: 'form', Body };
