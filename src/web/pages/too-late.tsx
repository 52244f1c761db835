import { RETENTION_CLASSES, type RetentionClass } from '../../catalogue/retention-class.js';
import type { Day } from '../../platform/clock.js';
import type { DestroyedBefore, DestroyedIntake, TooLate as Gone } from '../../retention/holds/too-late.js';
import { DataTable } from '../shell/data-table.js';
import { DayText } from '../shell/dates.js';
import { Link } from '../shell/link.js';
import { useShell, useWords } from '../shell/shell.js';
import { CLASS_WORDS } from '../words/class-words.js';
import { numberInWords } from '../words/dates-in-words.js';
import { HOLD_WORDS as WORDS } from '../words/hold-words.js';

/** What a hold comes too late for, as the certificates and what is left of the intakes say. */
export function TooLate({ tooLate: { runs, intakes, lookedFrom } }: { readonly tooLate: Gone }) {
  const t = useWords();
  const isNothing = runs.length === 0 && intakes.length === 0;
  const explain = intakes.length > 0 ? WORDS.intakesExplain : WORDS.runsExplain;
  return (
    <>
      <p>{t(isNothing ? WORDS.nothingGone : explain)}</p>
      {lookedFrom !== undefined && (
        <p>
          {t(WORDS.notLookedAt)} <DayText day={lookedFrom} />.
        </p>
      )}
      {intakes.length > 0 && <Intakes intakes={intakes} />}
      {runs.length > 0 && <Runs runs={runs} />}
    </>
  );
}

const COUNTED = ['all', ...RETENTION_CLASSES] as const;

function Runs({ runs }: { readonly runs: readonly DestroyedBefore[] }) {
  const t = useWords();
  const { language } = useShell();
  return (
    <DataTable caption={t(WORDS.runs)} columns={[WORDS.day, WORDS.gone, WORDS.version, WORDS.certificate]}>
      {runs.map(({ run, day, classes, policyVersion, certified }) => (
        <tr key={run}>
          <th scope="row" data-label={t(WORDS.day)}>
            <DayText day={day} />
          </th>
          <td data-label={t(WORDS.gone)}>
            <div>
              {COUNTED.filter((name) => classes[name] !== undefined).map((name) => (
                <p key={name}>
                  {t(name === 'all' ? WORDS.all : CLASS_WORDS[name])}: {numberInWords(classes[name]!, language)}
                </p>
              ))}
            </div>
          </td>
          <td data-label={t(WORDS.version)}>{policyVersion}</td>
          <td data-label={t(WORDS.certificate)}>
            {certified ? (
              <Link to={`/runs/${run}/certificate`}>
                {t(WORDS.open)}
                <span class="usa-sr-only">
                  {' '}
                  <DayText day={day} />
                </span>
              </Link>
            ) : (
              t(WORDS.uncertified)
            )}
          </td>
        </tr>
      ))}
    </DataTable>
  );
}

function Intakes({ intakes }: { readonly intakes: readonly DestroyedIntake[] }) {
  const t = useWords();
  return (
    <DataTable caption={t(WORDS.tooLate)} columns={[WORDS.intake, WORDS.gone]}>
      {intakes.map(({ intake, classes, erasedDay }) => (
        <tr key={intake}>
          <th scope="row" data-label={t(WORDS.intake)}>
            <code class="tf-break">{intake}</code>
          </th>
          <td data-label={t(WORDS.gone)}>
            <div>
              {(Object.entries(classes) as [RetentionClass | 'all', Day][]).map(([name, day]) => (
                <p key={name}>
                  {t(name === 'all' ? WORDS.all : CLASS_WORDS[name])}: <DayText day={day} />
                  {day === erasedDay && `, ${t(WORDS.atRequest)}`}
                </p>
              ))}
            </div>
          </td>
        </tr>
      ))}
    </DataTable>
  );
}
