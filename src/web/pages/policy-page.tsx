import type { Day } from '../../platform/clock.js';
import { DayText } from '../shell/dates.js';
import { Link } from '../shell/link.js';
import { Notice } from '../shell/notice.js';
import type { Page } from '../shell/render-page.js';
import { useWords } from '../shell/shell.js';
import { PROPOSE_POLICY_WORDS } from '../words/policy-words.js';
import { inPlaceInWords, listInWords, POLICY_WORDS as WORDS } from '../words/retention-words.js';
import { OtherSites, type SiteLink } from './other-sites.js';
import { PolicyRulesTable, type PolicyRules } from './policy-rules.js';

export type { PolicyPeriod, PolicyRules } from './policy-rules.js';

/** Public: clients may read it before they tell anything. */
export interface PolicyPage {
  readonly siteName: string;
  readonly version: number;
  readonly since: Day;
  /** The version that it took the place of, where a legal hold published it. */
  readonly inPlaceOf: number | undefined;
  readonly seasonEnd: Day;
  /** Where the table has a row of the preparer's list, which the end of the season does not destroy: how long it is kept. */
  readonly listYears: number | undefined;
  readonly rules: PolicyRules;
  readonly otherSites: readonly SiteLink[];
  /** Whoever looks may propose other periods. */
  readonly mayPropose: boolean;
  /** Earlier versions, the oldest first; with those that never came into force, since they were taken back on a day before. */
  readonly history: readonly { readonly version: number; readonly since: Day; readonly takenBack: Day | undefined; readonly inPlaceOf: number | undefined; readonly rules: PolicyRules }[];
  /** Approved changes that are not in force yet, the next one first. */
  readonly changes: readonly { readonly from: Day; readonly inPlaceOf: number | undefined; readonly rules: PolicyRules }[];
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
      {page.inPlaceOf !== undefined && <p>{t(inPlaceInWords(page.inPlaceOf))}</p>}
      <p>{t(WORDS.first)}</p>
      <PolicyRulesTable rules={page.rules} caption={t(WORDS.title)} seasonEnd={page.seasonEnd} />
      {page.changes.length > 0 && (
        <section aria-labelledby="change">
          <h2 id="change">{t(WORDS.change)}</h2>
          {page.changes.map((change) => (
            <Change key={change.from} {...change} seasonEnd={page.seasonEnd} />
          ))}
        </section>
      )}
      {page.history.length > 0 && (
        <section aria-labelledby="history">
          <h2 id="history">{t(WORDS.history)}</h2>
          {page.history.map((one) => (
            <Earlier key={one.version} {...one} />
          ))}
        </section>
      )}
      {page.mayPropose && (
        <p>
          <Link to="/policy/propose">{t(PROPOSE_POLICY_WORDS.link)}</Link>
        </p>
      )}
      {page.listYears !== undefined && <p>{t(listInWords(page.listYears))}</p>}
      <p>{t(WORDS.hold)}</p>
      <p>{t(WORDS.leavers)}</p>
      <p>{t(WORDS.never)}</p>
      <OtherSites links={page.otherSites} />
    </>
  );
}

function Change({ from, inPlaceOf, rules, seasonEnd }: PolicyPage['changes'][number] & Pick<PolicyPage, 'seasonEnd'>) {
  const t = useWords();
  return (
    <>
      <Notice kind="warning">
        <p class="usa-alert__text">
          {t(WORDS.changeFrom)} <DayText day={from} />. {t(inPlaceOf === undefined ? WORDS.changeFair : inPlaceInWords(inPlaceOf))}
        </p>
      </Notice>
      <PolicyRulesTable rules={rules} caption={t(WORDS.change)} seasonEnd={seasonEnd} />
    </>
  );
}

function Earlier({ version, since, takenBack, inPlaceOf, rules }: PolicyPage['history'][number]) {
  const t = useWords();
  return (
    <details class="margin-bottom-2">
      <summary>
        {t(WORDS.version)} {version}, {t(takenBack === undefined ? WORDS.since : WORDS.announcedFor)} <DayText day={since} />
        {takenBack !== undefined && `, ${t(WORDS.takenBack)}`}
      </summary>
      {inPlaceOf !== undefined && <p>{t(inPlaceInWords(inPlaceOf))}</p>}
      {takenBack !== undefined && (
        <p>
          {t(WORDS.takenBackOn)} <DayText day={takenBack} />. {t(WORDS.takenBackWhy)}
        </p>
      )}
      <PolicyRulesTable rules={rules} caption={`${t(WORDS.version)} ${version}`} />
    </details>
  );
}

export const policyPage: Page<PolicyPage> = { title: () => WORDS.title, width: 'wide', Body };
