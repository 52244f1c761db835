import { RETENTION_CLASSES, type RetentionClass } from '../../catalogue/retention-class.js';
import type { Day } from '../../platform/clock.js';
import type { DestroyedBefore, DestroyedIntake, TooLate as Gone } from '../../retention/holds/destroyed-before.js';
import { DayText } from '../shell/dates.js';
import { Link } from '../shell/link.js';
import { useShell, useWords } from '../shell/shell.js';
import { CLASS_WORDS } from '../words/class-words.js';
import { numberInWords } from '../words/dates-in-words.js';
import { HOLD_WORDS as WORDS } from '../words/hold-words.js';

/** What a hold comes too late for, as the certificates and what is left of the intakes say. */
export function TooLate({ tooLate: { runs, intakes } }: { readonly tooLate: Gone }) {
  const t = useWords();
  if (runs.length === 0 && intakes.length === 0) return <p>{t(WORDS.nothingGone)}</p>;
  return (
    <>
      <p>{t(runs.length > 0 ? WORDS.runsExplain : WORDS.intakesExplain)}</p>
      {runs.length > 0 ? <Runs runs={runs} /> : <Intakes intakes={intakes} />}
    </>
  );
}

function Runs({ runs }: { readonly runs: readonly DestroyedBefore[] }) {
  const t = useWords();
  const { language } = useShell();
  return (
    <table class="usa-table usa-table--borderless usa-table--stacked tf-table">
      <caption class="usa-sr-only">{t(WORDS.tooLate)}</caption>
      <thead>
        <tr>
          {[WORDS.day, WORDS.gone, WORDS.version, WORDS.certificate].map((label) => (
            <th scope="col" key={label.en}>
              {t(label)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {runs.map(({ run, day, classes, policyVersion }) => (
          <tr key={run}>
            <th scope="row" data-label={t(WORDS.day)}>
              <DayText day={day} />
            </th>
            <td data-label={t(WORDS.gone)}>
              <div>
                {RETENTION_CLASSES.filter((name) => classes[name] !== undefined).map((name) => (
                  <p key={name}>
                    {t(CLASS_WORDS[name])}: {numberInWords(classes[name]!, language)}
                  </p>
                ))}
              </div>
            </td>
            <td data-label={t(WORDS.version)}>{policyVersion}</td>
            <td data-label={t(WORDS.certificate)}>
              <Link to={`/runs/${run}/certificate`}>
                {t(WORDS.open)}
                <span class="usa-sr-only">
                  {' '}
                  <DayText day={day} />
                </span>
              </Link>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Intakes({ intakes }: { readonly intakes: readonly DestroyedIntake[] }) {
  const t = useWords();
  return (
    <table class="usa-table usa-table--borderless usa-table--stacked tf-table">
      <caption class="usa-sr-only">{t(WORDS.tooLate)}</caption>
      <thead>
        <tr>
          <th scope="col">{t(WORDS.intake)}</th>
          <th scope="col">{t(WORDS.gone)}</th>
        </tr>
      </thead>
      <tbody>
        {intakes.map(({ intake, classes }) => (
          <tr key={intake}>
            <th scope="row" data-label={t(WORDS.intake)}>
              <code class="tf-break">{intake}</code>
            </th>
            <td data-label={t(WORDS.gone)}>
              <div>
                {(Object.entries(classes) as [RetentionClass | 'all', Day][]).map(([name, day]) => (
                  <p key={name}>
                    {t(name === 'all' ? WORDS.all : CLASS_WORDS[name])}: <DayText day={day} />
                  </p>
                ))}
              </div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
