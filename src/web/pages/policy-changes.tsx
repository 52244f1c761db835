import type { ComparedPeriod } from '../../retention/policies/compare-policies.js';
import type { Day } from '../../platform/clock.js';
import { DataTable } from '../shell/data-table.js';
import { DayText, MomentText } from '../shell/dates.js';
import { useWords } from '../shell/shell.js';
import { lengthInWords, periodInWords } from '../words/period-words.js';
import { CLASS_WORDS } from '../words/class-words.js';
import { POLICY_CHANGES_WORDS as WORDS } from '../words/policy-words.js';
import { POLICY_WORDS } from '../words/retention-words.js';

/** The version that a proposal is compared with. */
export interface PolicyVersion {
  readonly version: number;
  readonly effectiveDay: Day;
  readonly announced: boolean;
}

export interface PolicyChangesProps {
  readonly basis: PolicyVersion;
  readonly periods: readonly ComparedPeriod[];
}

/** What a proposal would change, before and after; then what it would leave as it is. */
export function PolicyChanges({ basis, periods }: PolicyChangesProps) {
  const t = useWords();
  const [changed, same] = [periods.filter(({ change }) => change !== 'same'), periods.filter(({ change }) => change === 'same')];
  return (
    <section aria-labelledby="changes">
      <h2 id="changes">{t(WORDS.title)}</h2>
      <p>
        {t(WORDS.rules)} <PolicyVersionText {...basis} />.
      </p>
      {changed.length === 0 ? <p>{t(WORDS.nothing)}</p> : <Changed periods={changed} />}
      {same.length > 0 && (
        <details class="tf-how-long">
          <summary>{t(WORDS.stays)}</summary>
          <Same periods={same} />
        </details>
      )}
    </section>
  );
}

/** "version 2, announced, in force from July 1, 2027" */
export function PolicyVersionText({ version, effectiveDay, announced }: PolicyVersion) {
  const t = useWords();
  return (
    <>
      {t(WORDS.version)} {version}, {t(announced ? WORDS.announced : POLICY_WORDS.since)} <DayText day={effectiveDay} />
    </>
  );
}

/** The last moment for whoever decides: after it a proposal is too near its day, or has lapsed. */
export function ApproveBefore({ moment }: { readonly moment: Date }) {
  const t = useWords();
  return (
    <>
      {t(WORDS.approveBefore)}{' '}
      <strong>
        <MomentText at={moment} />
      </strong>
      .
    </>
  );
}

function Changed({ periods }: Pick<PolicyChangesProps, 'periods'>) {
  const t = useWords();
  return (
    <DataTable caption={t(WORDS.title)} columns={[WORDS.what, WORDS.before, WORDS.after, WORDS.change]}>
      {periods.map((one) => (
        <tr key={keyOf(one)}>
          <Place {...one} />
          <td class="tf-length" data-label={t(WORDS.before)}>{t(lengthInWords(one.period, one.before))}</td>
          <td class="tf-length" data-label={t(WORDS.after)}>
            <strong>{t(lengthInWords(one.period, one.after))}</strong>
          </td>
          <td data-label={t(WORDS.change)}>
            <span class={one.change === 'shorter' ? 'tf-state tf-state--waiting' : 'tf-state'}>{t(WORDS[one.change])}</span>
          </td>
        </tr>
      ))}
    </DataTable>
  );
}

function Same({ periods }: Pick<PolicyChangesProps, 'periods'>) {
  const t = useWords();
  return (
    <DataTable caption={t(WORDS.stays)} columns={[WORDS.what, WORDS.length]}>
      {periods.map((one) => (
        <tr key={keyOf(one)}>
          <Place {...one} />
          <td data-label={t(WORDS.length)}>{t(lengthInWords(one.period, one.after))}</td>
        </tr>
      ))}
    </DataTable>
  );
}

function Place(place: ComparedPeriod) {
  const t = useWords();
  const { of } = place;
  const words = t(periodInWords(place));
  return (
    <th scope="row" data-label={t(WORDS.what)}>
      {of === 'log' ? words : t(CLASS_WORDS[of])}
      {of !== 'log' && <span class="tf-soon tf-quiet">{words}</span>}
    </th>
  );
}

function keyOf({ of, period, whileNoneGiven }: ComparedPeriod): string {
  return `${of} ${period} ${whileNoneGiven}`;
}
