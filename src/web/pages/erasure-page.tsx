import { PREPARER_LIST } from '../../catalogue/retention-class.js';
import type { Wording } from '../../catalogue/wording.js';
import { ErrorSummary } from '../form/error-summary.js';
import type { FormProblem } from '../form/form-values.js';
import { ReasonField } from '../form/reason-field.js';
import { RetentionList, type ClassLives } from '../form/retention-line.js';
import { Link } from '../shell/link.js';
import type { LocalPath } from '../shell/local-path.js';
import { Notice } from '../shell/notice.js';
import { PostForm } from '../shell/post-form.js';
import type { Page } from '../shell/render-page.js';
import { useWords } from '../shell/shell.js';
import { ERASURE_WORDS as WORDS } from '../words/erasure-words.js';
import { IntakeHeading, type IntakeFacts } from './intake-facts.js';

export interface ErasurePage {
  /** For preparers, who know whose it is. */
  readonly intake?: IntakeFacts;
  readonly number: string;
  readonly taxYear: number;
  readonly lives: ClassLives;
  /** Why it cannot be asked for now: a legal hold, that nothing is left but what the law keeps, or a request that waits, which whoever did not ask may not see. */
  readonly closed?: { readonly by: 'hold' | 'law' } | { readonly by: 'request'; readonly see?: LocalPath } | undefined;
  /** What came of the last request, for who asked and who decides. */
  readonly ended?: { readonly state: 'declined' | 'expired'; readonly see: LocalPath };
  readonly action: LocalPath;
  /** Absent for administrators, who have no pages of intakes. */
  readonly back?: LocalPath;
  readonly reason: string;
  readonly problems: readonly FormProblem[];
}

function Body({ page }: { readonly page: ErasurePage }) {
  const t = useWords();
  const { intake, closed, ended, back } = page;
  return (
    <>
      {intake && <IntakeHeading intake={intake} />}
      <ErrorSummary problems={page.problems} labelOf={() => t(WORDS.reason)} saves={false} />
      <h1>{t(WORDS.title)}</h1>
      <p class="tf-intro">{t(WORDS.intro)}</p>
      <dl class="tf-answers">
        <div>
          <dt>{t(WORDS.number)}</dt>
          <dd>
            <code class="tf-break">{page.number}</code>
          </dd>
        </div>
        <div>
          <dt>{t(WORDS.taxYear)}</dt>
          <dd>{page.taxYear}</dd>
        </div>
      </dl>
      {closed === undefined && ended !== undefined && <Told text={WORDS[ended.state]} see={ended.see} />}
      {closed === undefined ? <Request page={page} /> : <Closed closed={closed} />}
      <section class="tf-panel" aria-labelledby="lives">
        <h2 id="lives">{t(WORDS.days)}</h2>
        <RetentionList lives={page.lives} />
      </section>
      {back !== undefined && (
        <p>
          <Link to={back}>{t(WORDS.cancel)}</Link>
        </p>
      )}
    </>
  );
}

function Closed({ closed }: { readonly closed: NonNullable<ErasurePage['closed']> }) {
  if (closed.by !== 'request') return <Notice kind="warning" text={closed.by === 'hold' ? WORDS.kept : WORDS.onlyList} />;
  return <Told text={WORDS.asked} see={closed.see} />;
}

function Told({ text, see }: { readonly text: Wording; readonly see: LocalPath | undefined }) {
  const t = useWords();
  return (
    <Notice kind="info">
      <p class="usa-alert__text">
        {t(text)} {see !== undefined && <Link to={see}>{t(WORDS.seeRequest)}</Link>}
      </p>
    </Notice>
  );
}

function Request({ page: { action, lives, reason, problems } }: { readonly page: ErasurePage }) {
  const t = useWords();
  return (
    <>
      <h2>{t(WORDS.happens)}</h2>
      <ol class="usa-list">
        {([WORDS.decided, WORDS.unreadable, WORDS.keys, WORDS.receipt] as const).map((what) => (
          <li key={what.en}>{t(what)}</li>
        ))}
      </ol>
      {lives[PREPARER_LIST] !== undefined && <Notice kind="warning" text={WORDS.listStays} />}
      <PostForm action={action}>
        <ReasonField label={WORDS.reason} hint={WORDS.reasonHint} value={reason} problems={problems} />
        <button type="submit" class="usa-button">
          {t(WORDS.submit)}
        </button>
      </PostForm>
    </>
  );
}

export const erasurePage: Page<ErasurePage> = { title: () => WORDS.title, hasProblems: ({ problems }) => problems.length > 0, width: 'form', Body };
