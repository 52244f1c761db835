import type { ForeseenHold } from '../../retention/holds/foresee-hold.js';
import type { FormValues } from '../form/form-values.js';
import { Link } from '../shell/link.js';
import { Notice } from '../shell/notice.js';
import { PostForm } from '../shell/post-form.js';
import type { Page } from '../shell/render-page.js';
import { useWords } from '../shell/shell.js';
import { HOLD_CHECK_WORDS as WORDS, HOLD_WORDS, HOLDS_WORDS, NEW_HOLD_WORDS } from '../words/hold-words.js';
import { HoldCoverTable } from './hold-cover-table.js';
import { HoldScopeInFull } from './hold-scope.js';
import { TooLate } from './too-late.js';

/** What a hold would keep and what it comes too late for, before it is placed. */
export interface HoldCheckPage extends ForeseenHold {
  readonly siteName?: string;
  /** Sent along unseen, to place exactly what was shown. */
  readonly typed: FormValues;
}

function Body({ page }: { readonly page: HoldCheckPage }) {
  const t = useWords();
  return (
    <>
      <h1>{t(WORDS.title)}</h1>
      <p class="tf-intro">{t(WORDS.notYet)}</p>
      <dl class="tf-answers">
        <div>
          <dt>{t(HOLDS_WORDS.matter)}</dt>
          <dd>
            <bdi>{page.matter}</bdi>
          </dd>
        </div>
        <div>
          <dt>{t(HOLDS_WORDS.names)}</dt>
          <dd>
            <HoldScopeInFull {...page} />
          </dd>
        </div>
      </dl>
      {page.unknown.length > 0 && <Unknown unknown={page.unknown} />}
      <section aria-labelledby="keeps">
        <h2 id="keeps">{t(WORDS.wouldKeep)}</h2>
        {Object.keys(page.covers).length === 0 ? <p>{t(WORDS.keepsNothing)}</p> : <HoldCoverTable covers={page.covers} caption={WORDS.wouldKeep} />}
      </section>
      <section aria-labelledby="too-late">
        <h2 id="too-late">{t(HOLD_WORDS.wouldBeTooLate)}</h2>
        <TooLate tooLate={page.tooLate} />
      </section>
      <section aria-labelledby="happens">
        <h2 id="happens">{t(WORDS.happens)}</h2>
        <ul class="usa-list">
          {([WORDS.atOnce, WORDS.noReading, WORDS.two, WORDS.logged] as const).map((what) => (
            <li key={what.en}>{t(what)}</li>
          ))}
        </ul>
      </section>
      <PostForm action="/holds" hidden={page.typed} label={t(WORDS.place)}>
        <button type="submit" class="usa-button">
          {t(WORDS.place)}
        </button>
      </PostForm>
      <PostForm action="/holds/new" hidden={{ ...page.typed, change: 'yes' }} label={t(WORDS.change)}>
        <button type="submit" class="usa-button usa-button--outline">
          {t(WORDS.change)}
        </button>
      </PostForm>
      <p>
        <Link to="/holds">{t(NEW_HOLD_WORDS.cancel)}</Link>
      </p>
    </>
  );
}

function Unknown({ unknown }: Pick<HoldCheckPage, 'unknown'>) {
  return (
    <Notice kind="warning" heading={WORDS.unknown} text={WORDS.unknownExplain}>
      <ul class="usa-list">
        {unknown.map((id) => (
          <li key={id}>
            <code class="tf-break">{id}</code>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

export const holdCheckPage: Page<HoldCheckPage> = { title: () => WORDS.title, width: 'form', Body };
