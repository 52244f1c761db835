import type { FormProblem, FormValues } from '../form/form-values.js';
import { PlainField } from '../form/plain-field.js';
import { useShell, useWords } from '../shell/shell.js';
import { weekdayInWords } from '../words/dates-in-words.js';
import { SETTINGS_WORDS as WORDS } from '../words/settings-words.js';

export interface WatchFieldsProps {
  /** As stored, or as typed: hours as `08:00`, numbers, `openDay.1` for Monday as `yes`. */
  readonly values: FormValues;
  readonly problems: readonly FormProblem[];
}

const NUMBERS = ['manyIntakes', 'readsWithoutChange', 'failedSignIns', 'refusedAttempts'] as const;

/** From what on something in the log is pointed out to auditors. */
export function WatchFields({ values, problems }: WatchFieldsProps) {
  const t = useWords();
  const { language } = useShell();
  return (
    <>
      <h2>{t(WORDS.watch)}</h2>
      <p>{t(WORDS.watchIntro)}</p>
      {(['opensAt', 'closesAt'] as const).map((name) => (
        <PlainField key={name} name={name} type="time" label={WORDS[name]} value={values[name]} problems={problems} />
      ))}
      <fieldset class="usa-fieldset usa-form-group">
        <legend class="usa-legend">{t(WORDS.openDays)}</legend>
        {[1, 2, 3, 4, 5, 6, 7].map((day) => (
          <div class="usa-checkbox" key={day}>
            <input class="usa-checkbox__input" id={`open-day-${day}`} type="checkbox" name={`openDay.${day}`} value="yes" checked={values[`openDay.${day}`] === 'yes'} />
            <label class="usa-checkbox__label" for={`open-day-${day}`}>
              {weekdayInWords(day, language)}
            </label>
          </div>
        ))}
      </fieldset>
      {NUMBERS.map((name) => (
        <PlainField key={name} name={name} inputMode="numeric" label={WORDS[name]} value={values[name]} problems={problems} />
      ))}
    </>
  );
}
