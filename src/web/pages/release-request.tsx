import type { RequestedRelease } from '../../access/restored/read-restored.js';
import type { ReleaseStep } from '../../access/restored/release-steps.js';
import { MomentText } from '../shell/dates.js';
import { Notice } from '../shell/notice.js';
import { PostForm } from '../shell/post-form.js';
import { useWords } from '../shell/shell.js';
import { APPROVAL_WORDS, APPROVALS_WORDS, STEP_WORDS } from '../words/approval-words.js';
import { RESTORED_WORDS as WORDS } from '../words/restored-words.js';

interface ReleaseRequestProps {
  readonly asked: RequestedRelease;
  readonly may: readonly ReleaseStep[];
}

/** Who asks for the release of restored records, and why; below it what whoever looks may do about it. */
export function ReleaseRequest({ asked: { by, at, lapsesAt, reason }, may }: ReleaseRequestProps) {
  const t = useWords();
  return (
    <section aria-labelledby="request">
      <h2 id="request">{t(WORDS.request)}</h2>
      <dl>
        <dt>{t(APPROVALS_WORDS.askedBy)}</dt>
        <dd><bdi>{by.name}</bdi></dd>
        <dt>{t(APPROVALS_WORDS.askedAt)}</dt>
        <dd><MomentText at={at} /></dd>
        <dt>{t(APPROVAL_WORDS.reason)}</dt>
        <dd><bdi>{reason}</bdi></dd>
        <dt>{t(APPROVAL_WORDS.lapses)}</dt>
        <dd><MomentText at={lapsesAt} /></dd>
      </dl>
      {may.length > 0 && <Decision may={may} />}
    </section>
  );
}

/** One form, a button for each step: what is pressed is what is sent. */
function Decision({ may }: Pick<ReleaseRequestProps, 'may'>) {
  const t = useWords();
  const mayRelease = may.includes('release');
  return (
    <>
      {mayRelease && <Notice kind="info" text={APPROVAL_WORDS.doubt} />}
      {mayRelease && <p>{t(WORDS.second)}</p>}
      {may.includes('decline') && !mayRelease && <p>{t(APPROVAL_WORDS.guest)}</p>}
      {may.includes('withdraw') && <p>{t(WORDS.own)}</p>}
      <PostForm action="/restored" class="tf-form tf-buttons">
        {mayRelease && <Step step="release" look="usa-button" label={t(WORDS.release)} />}
        {may.includes('decline') && <Step step="decline" look="usa-button usa-button--outline" label={t(STEP_WORDS.decline)} />}
        {may.includes('withdraw') && <Step step="withdraw" look="usa-button usa-button--outline" label={t(STEP_WORDS.withdraw)} />}
      </PostForm>
    </>
  );
}

function Step({ step, look, label }: { readonly step: ReleaseStep; readonly look: string; readonly label: string }) {
  return (
    <button type="submit" name="step" value={step} class={look}>
      {label}
    </button>
  );
}
