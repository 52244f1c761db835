import type { HoldInFull } from '../../retention/holds/list-holds.js';
import { ErrorSummary } from '../form/error-summary.js';
import type { FormProblem } from '../form/form-values.js';
import { ReasonField } from '../form/reason-field.js';
import { Fact } from '../shell/fact.js';
import { MomentText } from '../shell/dates.js';
import { Link } from '../shell/link.js';
import type { LocalPath } from '../shell/local-path.js';
import { Notice } from '../shell/notice.js';
import { PostForm } from '../shell/post-form.js';
import type { Page } from '../shell/render-page.js';
import { useWords } from '../shell/shell.js';
import { HOLD_STATE_WORDS, HOLD_WORDS as WORDS, HOLDS_WORDS } from '../words/hold-words.js';
import { HoldCoverTable } from './hold-cover-table.js';
import { HoldScopeInFull } from './hold-scope.js';
import { TooLate } from './too-late.js';

export interface HoldPage {
  readonly hold: HoldInFull;
  readonly state: keyof typeof HOLD_STATE_WORDS;
  readonly siteName?: string;
  /** Where its release is asked for: for those who may, while it has not been. */
  readonly release?: LocalPath;
  /** It has been asked for; `see` for those of the site where it is decided. */
  readonly asked?: { readonly see?: LocalPath };
  /** An administrator looks, and it is for the organisation’s to release. */
  readonly ofOrganisation: boolean;
  readonly reason: string;
  readonly problems: readonly FormProblem[];
}

function Body({ page }: { readonly page: HoldPage }) {
  const t = useWords();
  const { hold, release, asked } = page;
  return (
    <>
      <ErrorSummary problems={page.problems} labelOf={() => t(WORDS.reason)} saves={false} />
      <h1>{t(WORDS.title)}</h1>
      <Facts {...page} />
      {hold.releasedAt === null && (
        <>
          <section aria-labelledby="keeps">
            <h2 id="keeps">{t(WORDS.keepsNow)}</h2>
            {Object.keys(hold.covers).length === 0 ? <p>{t(WORDS.keepsNothing)}</p> : <HoldCoverTable covers={hold.covers} caption={WORDS.keepsNow} />}
          </section>
          <section aria-labelledby="too-late">
            <h2 id="too-late">{t(WORDS.tooLate)}</h2>
            <TooLate tooLate={hold.tooLate} />
          </section>
        </>
      )}
      {asked !== undefined && <Asked asked={asked} />}
      {release !== undefined && <Release {...page} action={release} />}
      {page.ofOrganisation && <p>{t(WORDS.notYours)}</p>}
      <p>
        <Link to="/holds">{t(HOLDS_WORDS.back)}</Link>
      </p>
    </>
  );
}

function Facts({ hold, state, siteName }: HoldPage) {
  const t = useWords();
  return (
    <dl class="tf-answers">
      <Fact label={t(HOLDS_WORDS.matter)}>{hold.matter === undefined ? t(WORDS.matterHidden) : <bdi>{hold.matter}</bdi>}</Fact>
      <Fact label={t(HOLDS_WORDS.state)}>{t(HOLD_STATE_WORDS[state])}</Fact>
      <Fact label={t(HOLDS_WORDS.placed)}>
        <MomentText at={hold.placedAt} />
      </Fact>
      {hold.releasedAt !== null && (
        <Fact label={t(WORDS.released)}>
          <MomentText at={hold.releasedAt} />
        </Fact>
      )}
      <Fact label={t(HOLDS_WORDS.names)}>
        <HoldScopeInFull scope={hold.scope} unknown={hold.unknown} {...(siteName === undefined ? {} : { siteName })} />
      </Fact>
      <Fact label={t(WORDS.number)}>
        <code class="tf-break">{hold.id}</code>
      </Fact>
    </dl>
  );
}

function Asked({ asked: { see } }: { readonly asked: NonNullable<HoldPage['asked']> }) {
  const t = useWords();
  return (
    <Notice kind="info">
      <p class="usa-alert__text">
        {t(WORDS.asked)} {see !== undefined && <Link to={see}>{t(WORDS.seeRequest)}</Link>}
      </p>
    </Notice>
  );
}

function Release({ action, reason, problems }: HoldPage & { readonly action: LocalPath }) {
  const t = useWords();
  return (
    <>
      <h2>{t(WORDS.release)}</h2>
      <p>{t(WORDS.releaseIntro)}</p>
      <PostForm action={action}>
        <ReasonField label={WORDS.reason} hint={WORDS.reasonHint} value={reason} problems={problems} />
        <button type="submit" class="usa-button usa-button--outline">
          {t(WORDS.askRelease)}
        </button>
      </PostForm>
    </>
  );
}

export const holdPage: Page<HoldPage> = { title: () => WORDS.title, hasProblems: ({ problems }) => problems.length > 0, width: 'form', Body };
