import type { RetentionClass } from '../../catalogue/retention-class.js';
import type { Wording } from '../../catalogue/wording.js';
import type { Day } from '../../platform/clock.js';
import { DayText } from '../shell/dates.js';
import { Link } from '../shell/link.js';
import { Notice } from '../shell/notice.js';
import type { Page } from '../shell/render-page.js';
import { useWords } from '../shell/shell.js';
import { CLASS_WORDS } from '../words/class-words.js';
import { FORM_WORDS } from '../words/form-words.js';
import { periodInWords } from '../words/period-words.js';
import { PROPOSE_POLICY_WORDS } from '../words/policy-words.js';
import { dayCount, POLICY_WORDS as WORDS } from '../words/retention-words.js';
import { OtherSites, type SiteLink } from './other-sites.js';

export interface PolicyRow {
  readonly class: RetentionClass;
  readonly collected: boolean;
  /** Days after `done` (for numbers, after `prepared`); or what takes its place, such as the season's end. */
  readonly afterDone: number | Wording;
  readonly untouched: number | Wording;
  /** Days from its start after which it goes whatever happens. */
  readonly cap?: number | undefined;
}

/** Public: clients may read it before they tell anything. */
export interface PolicyPage {
  readonly siteName: string;
  readonly version: number;
  readonly since: Day;
  readonly seasonEnd: Day;
  /** The table has a row of the preparer's list, which the end of the season does not destroy. */
  readonly keepsList: boolean;
  readonly rows: readonly PolicyRow[];
  readonly otherSites: readonly SiteLink[];
  /** Whoever looks may propose other periods. */
  readonly mayPropose: boolean;
  /** Earlier versions, the oldest first. */
  readonly history: readonly { readonly version: number; readonly since: Day; readonly rows: readonly PolicyRow[] }[];
  /** Approved changes that are not in force yet, the next one first. */
  readonly changes: readonly { readonly from: Day; readonly seasonEnd: Day; readonly rows: readonly PolicyRow[] }[];
}

function Body({ page }: { readonly page: PolicyPage }) {
  const t = useWords();
  return (
    <>
      <h1>{t(WORDS.title)}</h1>
      <p class="tf-intro">{t(WORDS.intro)}</p>
      <p>
        {t(WORDS.of)} <bdi>{page.siteName}</bdi>. {t(WORDS.version)} {page.version}, {t(WORDS.since)} <DayText day={page.since} />.
      </p>
      <Periods rows={page.rows} caption={t(WORDS.title)} seasonEnd={page.seasonEnd} />
      {page.changes.length > 0 && (
        <section aria-labelledby="change">
          <h2 id="change">{t(WORDS.change)}</h2>
          {page.changes.map((change) => (
            <Change key={change.from} {...change} />
          ))}
        </section>
      )}
      {page.history.length > 0 && (
        <section aria-labelledby="history">
          <h2 id="history">{t(WORDS.history)}</h2>
          {page.history.map(({ version, since, rows }) => (
            <details key={version} class="margin-bottom-2">
              <summary>
                {t(WORDS.version)} {version}, {t(WORDS.since)} <DayText day={since} />
              </summary>
              <Periods rows={rows} caption={`${t(WORDS.version)} ${version}`} />
            </details>
          ))}
        </section>
      )}
      {page.mayPropose && (
        <p>
          <Link to="/policy/propose">{t(PROPOSE_POLICY_WORDS.link)}</Link>
        </p>
      )}
      {page.keepsList && <p>{t(WORDS.list)}</p>}
      <p>{t(WORDS.hold)}</p>
      <p>{t(WORDS.never)}</p>
      <OtherSites links={page.otherSites} />
    </>
  );
}

function Change({ from, rows, seasonEnd }: PolicyPage['changes'][number]) {
  const t = useWords();
  return (
    <>
      <Notice kind="warning">
        <p class="usa-alert__text">
          {t(WORDS.changeFrom)} <DayText day={from} />. {t(WORDS.changeFair)}
        </p>
      </Notice>
      <Periods rows={rows} caption={t(WORDS.change)} seasonEnd={seasonEnd} />
    </>
  );
}

function Periods({ rows, caption, seasonEnd }: { readonly rows: readonly PolicyRow[]; readonly caption: string; readonly seasonEnd?: Day }) {
  const t = useWords();
  const period = (value: number | Wording) => t(typeof value === 'number' ? dayCount(value) : value);
  return (
    <>
      <table class="usa-table usa-table--borderless usa-table--stacked tf-table">
        <caption class="usa-sr-only">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t(WORDS.what)}</th>
            <th scope="col">{t(WORDS.collected)}</th>
            <th scope="col">{t(WORDS.afterDone)}</th>
            <th scope="col">{t(WORDS.untouched)}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.class}>
              <th scope="row" data-label={t(WORDS.what)}>
                {t(CLASS_WORDS[row.class])}
                {row.cap !== undefined && (
                  <span class="tf-soon tf-quiet">
                    {t(periodInWords({ period: 'cap', whileNoneGiven: false }))}: {t(dayCount(row.cap))}
                  </span>
                )}
              </th>
              <td data-label={t(WORDS.collected)}>{t(row.collected ? FORM_WORDS.yes : FORM_WORDS.no)}</td>
              <td data-label={t(WORDS.afterDone)}>{period(row.afterDone)}</td>
              <td data-label={t(WORDS.untouched)}>{period(row.untouched)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {seasonEnd !== undefined && (
        <p>
          {t(WORDS.seasonEnd)} <DayText day={seasonEnd} />.
        </p>
      )}
    </>
  );
}

export const policyPage: Page<PolicyPage> = { title: () => WORDS.title, width: 'wide', Body };
