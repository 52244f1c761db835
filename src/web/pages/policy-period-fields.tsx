import type { RetentionClass } from '../../catalogue/retention-class.js';
import { POLICY_LIMITS } from '../../retention/policy-limits.js';
import type { Wording } from '../../catalogue/wording.js';
import type { FormProblem, FormValues } from '../form/form-values.js';
import { PlainField } from '../form/plain-field.js';
import type { PeriodField } from '../form/policy-periods.js';
import { useWords } from '../shell/shell.js';
import { CLASS_WORDS } from '../words/class-words.js';
import { limitInWords, nowInWords, periodInWords, UNITS } from '../words/period-words.js';
import { PROPOSE_POLICY_WORDS as WORDS } from '../words/policy-words.js';

export interface ClassPeriods {
  readonly class: RetentionClass;
  readonly fields: readonly PeriodField[];
  /** It has a rule that ends with the season, which no field changes. */
  readonly carried: boolean;
}

interface Typed {
  readonly typed: FormValues;
  readonly problems: readonly FormProblem[];
}

/** A group of fields for each class. What all of them have in common is said once, and read with each group. */
export function PeriodsOfClasses({ classes, ...typed }: Typed & { readonly classes: readonly ClassPeriods[] }) {
  const t = useWords();
  return (
    <>
      <p>{t(WORDS.periodsExplain)}</p>
      <p id="periods-limit">{t(limitInWords(POLICY_LIMITS.days, UNITS.days))}</p>
      {classes.map(({ class: name, fields, carried }) => (
        <fieldset key={name} class="usa-fieldset tf-periods" aria-describedby={carried ? `periods-limit ${name}-carried` : 'periods-limit'}>
          <legend class="usa-legend">{t(CLASS_WORDS[name])}</legend>
          {carried && (
            <p class="tf-quiet" id={`${name}-carried`}>
              {t(WORDS.carried)}
            </p>
          )}
          <div class="tf-periods__fields">
            {fields.map((field) => (
              <Period key={field.name} field={field} {...typed} />
            ))}
          </div>
        </fieldset>
      ))}
    </>
  );
}

/** Those of the log and of the preparer's list, each with a limit of its own. */
export function PeriodsWithLimits({ fields, typed, problems }: Typed & { readonly fields: readonly PeriodField[] }) {
  return (
    <div class="tf-periods">
      {fields.map((field) => {
        const { name, period, now, limit } = field;
        const [holds, limited] = [nowInWords(period, now), limitInWords(limit, period === 'entriesMonths' ? UNITS.months : UNITS.years)];
        return <PlainField key={name} name={name} label={periodInWords(field)} hint={withLimit(holds, limited)} value={typed[name]} problems={problems} inputMode="numeric" />;
      })}
    </div>
  );
}

function withLimit(holds: Wording, limited: Wording): Wording {
  return { en: `${holds.en}. ${limited.en}`, es: `${holds.es}. ${limited.es}` };
}

function Period({ field, typed, problems }: Typed & { readonly field: PeriodField }) {
  const { name, period, now, limit } = field;
  const hint = limit === POLICY_LIMITS.days ? nowInWords(period, now) : withLimit(nowInWords(period, now), limitInWords(limit, UNITS.days));
  return <PlainField name={name} label={periodInWords(field)} hint={hint} value={typed[name]} problems={problems} inputMode="numeric" />;
}
