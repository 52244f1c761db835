import { day } from '../../platform/clock.js';
import type { OperatorWarning } from '../../retention/warnings/operator-warning.js';
import { DayText } from '../shell/dates.js';
import { useShell, useWords } from '../shell/shell.js';
import { numberInWords } from '../words/dates-in-words.js';
import { RUN_REASON_WORDS } from '../words/retention-words.js';
import { FAULT_WORDS } from '../words/verification-words.js';
import { WARNING_FACT_WORDS as FACTS, WARNING_LIST_WORDS as WORDS, WARNING_WORDS } from '../words/warning-words.js';

/** What operators have to see to, with what to do; nothing at all when all is well. Restored records first, since they explain others. */
export function WarningList({ warnings }: { readonly warnings: readonly OperatorWarning[] }) {
  const t = useWords();
  if (warnings.length === 0) return null;
  const restored = warnings.filter(({ kind }) => kind === 'records-restored');
  return (
    <section aria-labelledby="warnings">
      <h2 id="warnings">{t(WORDS.title)}</h2>
      {[...restored, ...warnings.filter((warning) => !restored.includes(warning))].map((warning) => (
        <div key={JSON.stringify(warning)} class={`usa-alert usa-alert--${warning.severity === 'serious' ? 'error' : 'warning'} usa-alert--slim`}>
          <div class="usa-alert__body">
            <p class="usa-alert__text">
              <strong>{t(WARNING_WORDS[warning.kind].what)}</strong> <Facts warning={warning} /> {t(restored.length > 0 && isExplained(warning) ? WORDS.afterRestored : WARNING_WORDS[warning.kind].act)}
            </p>
          </div>
        </div>
      ))}
    </section>
  );
}

/** Records from a backup have fewer runs, verifications and entries than were there, and no run begins while they are closed. */
function isExplained(warning: OperatorWarning): boolean {
  switch (warning.kind) {
    case 'run-late':
    case 'verification-late':
      return true;
    case 'log-unsigned':
      return warning.fault === 'LOG_ROLLED_BACK' || warning.fault === 'LOG_FORKED';
    case 'not-as-written':
      return warning.subject === 'log';
    default:
      return false;
  }
}

function Facts({ warning }: { readonly warning: OperatorWarning }) {
  const t = useWords();
  const { language } = useShell();
  switch (warning.kind) {
    case 'run-late':
      return (
        <>
          {t(FACTS.lastDay)} <DayText day={day(warning.lastDay)} />.
        </>
      );
    case 'run-failed':
      return <>{t(RUN_REASON_WORDS[warning.reason])}</>;
    case 'disk-filling':
      return (
        <>
          {warning.place}: {numberInWords(warning.freeMegabytes, language)} / {numberInWords(warning.totalMegabytes, language)} MB.
        </>
      );
    case 'clocks-differ':
      return (
        <>
          {t(FACTS[warning.database])}: {numberInWords(warning.seconds, language)} s.
        </>
      );
    case 'master-unreachable':
      return (
        <>
          {t(FACTS.location)}: {warning.location}.
        </>
      );
    case 'log-hashes-missing':
      return (
        <>
          {t(FACTS.entry)} {numberInWords(warning.entry, language)}.
        </>
      );
    case 'log-unsigned':
      return (
        <>
          {warning.fault && t(FAULT_WORDS[warning.fault])} {warning.minutes !== undefined && `${t(FACTS.waiting)}: ${numberInWords(warning.minutes, language)}.`}
        </>
      );
    case 'not-as-written':
      return (
        <>
          {t(FACTS[warning.subject])}: {numberInWords(warning.found, language)}.
        </>
      );
    case 'verification-late':
      return (
        <>
          {t(FACTS[warning.subject])}: {numberInWords(warning.days, language)} {t(FACTS.days)}.
        </>
      );
    case 'witness-silent':
    case 'witness-contradicts':
      return (
        <>
          {warning.witness}
          {warning.failure ? `: ${warning.failure}` : ''}.
        </>
      );
    case 'not-checked':
      return <>{t(FACTS[warning.check])}.</>;
    default:
      return null;
  }
}
