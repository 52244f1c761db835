import type { SeenRestored } from '../../access/restored/read-restored.js';
import { ErrorSummary } from '../form/error-summary.js';
import type { FormProblem } from '../form/form-values.js';
import { ReasonField } from '../form/reason-field.js';
import { MomentText } from '../shell/dates.js';
import { Notice } from '../shell/notice.js';
import { PostForm } from '../shell/post-form.js';
import type { Page } from '../shell/render-page.js';
import { useShell, useWords } from '../shell/shell.js';
import { numberInWords } from '../words/dates-in-words.js';
import { DIFFERENCE_WORDS, RESTORED_WORDS as WORDS } from '../words/restored-words.js';
import { ReleaseRequest } from './release-request.js';

export interface RestoredPage {
  /** Undefined when the records are in service. */
  readonly restored: SeenRestored | undefined;
  /** As typed in an attempt that was refused. */
  readonly reason: string;
  readonly problems: readonly FormProblem[];
}

function Body({ page: { restored, reason, problems } }: { readonly page: RestoredPage }) {
  const t = useWords();
  return (
    <>
      <ErrorSummary problems={problems} saves={false} labelOf={(path) => (path === 'reason' ? t(WORDS.reason) : undefined)} />
      <h1>{t(WORDS.title)}</h1>
      {restored ? <Closed restored={restored} /> : <p class="tf-intro">{t(WORDS.none)}</p>}
      {restored?.asked && <ReleaseRequest asked={restored.asked} may={restored.may} />}
      {restored?.may.includes('ask') && <Ask reason={reason} problems={problems} />}
    </>
  );
}

function Closed({ restored }: { readonly restored: SeenRestored }) {
  const t = useWords();
  const { language } = useShell();
  const { difference, foundAt, knownAt, foundSize, knownSize, sweptAt } = restored;
  return (
    <>
      <Notice kind="warning" text={WORDS.closed} />
      <dl>
        <dt>{t(WORDS.why)}</dt>
        <dd>{t(DIFFERENCE_WORDS[difference])}</dd>
        <dt>{t(WORDS.found)}</dt>
        <dd><MomentText at={foundAt} /></dd>
        <dt>{t(WORDS.known)}</dt>
        <dd><MomentText at={knownAt} /></dd>
        <dt>{t(WORDS.entries)}</dt>
        <dd>{numberInWords(foundSize, language)} / {numberInWords(knownSize, language)}</dd>
        {sweptAt && <dt>{t(WORDS.checked)}</dt>}
        {sweptAt && <dd><MomentText at={sweptAt} /></dd>}
      </dl>
      {!sweptAt && <p>{t(WORDS.check)}</p>}
    </>
  );
}

function Ask({ reason, problems }: Pick<RestoredPage, 'reason' | 'problems'>) {
  const t = useWords();
  return (
    <PostForm action="/restored/ask">
      <p>{t(WORDS.ask)}</p>
      <ReasonField label={WORDS.reason} hint={WORDS.reasonHint} value={reason} problems={problems} />
      <button type="submit" class="usa-button">
        {t(WORDS.submit)}
      </button>
    </PostForm>
  );
}

export const restoredPage: Page<RestoredPage> = {
  title: () => WORDS.title,
  hasProblems: ({ problems }) => problems.length > 0,
  width: 'form',
  Body,
};
