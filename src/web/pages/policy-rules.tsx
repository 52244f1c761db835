import type { RetentionClass } from '../../catalogue/retention-class.js';
import type { Day } from '../../platform/clock.js';
import type { PeriodPlace } from '../../retention/policies/compare-policies.js';
import type { Policy } from '../../retention/policy.js';
import { DataTable } from '../shell/data-table.js';
import { DayText } from '../shell/dates.js';
import { useWords } from '../shell/shell.js';
import { CLASS_WORDS } from '../words/class-words.js';
import { FORM_WORDS } from '../words/form-words.js';
import { logInWords, ruleInWords } from '../words/period-words.js';
import { POLICY_WORDS as WORDS } from '../words/retention-words.js';

/** A period, in its own unit: days from what it counts from, or years of the preparer's list. */
export interface PolicyPeriod extends Pick<PeriodPlace, 'period' | 'waitsFor'> {
  readonly value: number;
}

export interface PolicyRow {
  readonly class: RetentionClass;
  readonly collected: boolean;
  /** One at least. */
  readonly periods: readonly PolicyPeriod[];
  /** What holds in their place as long as no consent was given; empty where that makes no difference. */
  readonly whileNoneGiven: readonly PolicyPeriod[];
}

/** All that a version of the policy says. */
export interface PolicyRules {
  readonly rows: readonly PolicyRow[];
  readonly log: Policy['log'];
}

/** @param seasonEnd of rules that are in force or will be: what ends them all */
export function PolicyRulesTable({ rules, caption, seasonEnd }: { readonly rules: PolicyRules; readonly caption: string; readonly seasonEnd?: Day }) {
  const t = useWords();
  return (
    <>
      <DataTable caption={caption} columns={[WORDS.what, WORDS.collected, WORDS.destroyed]}>
        {rules.rows.map((row) => (
          <tr key={row.class}>
            <th scope="row" data-label={t(WORDS.what)}>
              {t(CLASS_WORDS[row.class])}
            </th>
            <td data-label={t(WORDS.collected)}>{t(row.collected ? FORM_WORDS.yes : FORM_WORDS.no)}</td>
            <td data-label={t(WORDS.destroyed)}>
              <RowPeriods {...row} />
            </td>
          </tr>
        ))}
      </DataTable>
      {seasonEnd !== undefined && (
        <p>
          {t(WORDS.seasonEnd)} <DayText day={seasonEnd} />.
        </p>
      )}
      {keepsConsents(rules) && <p>{t(WORDS.consents)}</p>}
      <p>{t(logInWords(rules.log))}</p>
    </>
  );
}

function keepsConsents({ rows }: PolicyRules): boolean {
  return rows.some(({ class: name, periods }) => name === 'consents' && periods.some(({ period }) => period === 'consent-expiry'));
}

function RowPeriods({ periods, whileNoneGiven }: Pick<PolicyRow, 'periods' | 'whileNoneGiven'>) {
  const t = useWords();
  if (whileNoneGiven.length === 0) return <Lines periods={periods} />;
  return (
    <>
      <span class="tf-quiet">{t(WORDS.noneGiven)}</span>
      <Lines periods={whileNoneGiven} />
      <span class="tf-quiet">{t(WORDS.given)}</span>
      <Lines periods={periods} />
    </>
  );
}

function Lines({ periods }: Pick<PolicyRow, 'periods'>) {
  const t = useWords();
  return (
    <ul class="usa-list usa-list--unstyled tf-rules">
      {periods.map((one) => (
        <li key={one.period}>{t(ruleInWords(one, one.value))}</li>
      ))}
    </ul>
  );
}
