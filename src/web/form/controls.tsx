import type { FormValues } from './form-values.js';
import { FORM_WORDS as WORDS } from '../words/form-words.js';
import { MONTHS } from '../words/dates-in-words.js';
import { useShell, useWords } from '../shell/shell.js';

export interface ControlProps {
  readonly id: string;
  readonly name: string;
  readonly values: FormValues;
  readonly describedBy?: string | undefined;
  readonly invalid: boolean;
}

interface TextControlProps extends ControlProps {
  readonly inputMode?: 'text' | 'numeric' | 'tel' | 'email' | undefined;
  readonly width?: 'xs' | 'sm' | 'md' | 'lg' | undefined;
}

/**
 * One line of text about a client. Never a pattern or a `maxlength`: a pasted number with spaces must not be cut; what
 * does not fit is said in words. No spell-checking, since some browsers send the text away for it.
 */
export function TextControl({ id, name, values, describedBy, invalid, inputMode = 'text', width }: TextControlProps) {
  return (
    <input
      class={`usa-input${invalid ? ' usa-input--error' : ''}${width === undefined ? '' : ` usa-input--${width}`}`}
      id={id}
      name={name}
      type="text"
      value={values[name] ?? ''}
      inputMode={inputMode}
      dir="auto"
      autocomplete="off"
      autocapitalize="off"
      spellcheck={false}
      aria-describedby={describedBy}
      aria-invalid={invalid ? 'true' : undefined}
    />
  );
}

export function LongTextControl({ id, name, values, describedBy, invalid, rows = 10 }: ControlProps & { readonly rows?: number }) {
  return (
    <textarea
      class={`usa-textarea${invalid ? ' usa-input--error' : ''}`}
      id={id}
      name={name}
      rows={rows}
      dir="auto"
      autocomplete="off"
      spellcheck={false}
      aria-describedby={describedBy}
      aria-invalid={invalid ? 'true' : undefined}
    >
      {values[name] ?? ''}
    </textarea>
  );
}

export interface Option {
  readonly value: string;
  readonly label: string;
}

interface SelectControlProps extends ControlProps {
  readonly options: readonly Option[];
  /** What the blank choice says, if it is not the usual one. */
  readonly blank?: string;
}

/** A list to pick from. A stored value that is no longer in it is shown as it is rather than lost on the next save. */
export function SelectControl({ id, name, values, describedBy, invalid, options, blank }: SelectControlProps) {
  const t = useWords();
  const chosen = values[name] ?? '';
  const known = chosen === '' || options.some(({ value }) => value === chosen);
  return (
    <select
      class={invalid ? 'usa-select usa-input--error' : 'usa-select'}
      id={id}
      name={name}
      autocomplete="off"
      aria-describedby={describedBy}
      aria-invalid={invalid ? 'true' : undefined}
    >
      <option value="" selected={chosen === ''}>
        {blank ?? t(WORDS.choose)}
      </option>
      {!known && (
        <option value={chosen} selected>
          {chosen}
        </option>
      )}
      {options.map(({ value, label }) => (
        <option key={value} value={value} selected={value === chosen}>
          {label}
        </option>
      ))}
    </select>
  );
}

interface RadioControlProps {
  readonly id: string;
  readonly name: string;
  readonly chosen: string;
  readonly options: readonly Option[];
  readonly inline?: boolean;
}

export function RadioControl({ id, name, chosen, options, inline = false }: RadioControlProps) {
  return (
    <div class={inline ? 'tf-radios tf-radios--inline' : 'tf-radios'}>
      {options.map(({ value, label }, at) => {
        const radioId = at === 0 ? id : `${id}-${value === '' ? 'blank' : value}`;
        return (
          <div class="usa-radio" key={value}>
            <input class="usa-radio__input" type="radio" id={radioId} name={name} value={value} checked={value === chosen} autocomplete="off" />
            <label class="usa-radio__label" for={radioId}>
              {label}
            </label>
          </div>
        );
      })}
    </div>
  );
}

/** A memorable date: the month by name, day and year typed (USWDS pattern). Shown again exactly as typed. */
export function DateControl({ id, name, values, describedBy, invalid }: ControlProps) {
  const { language } = useShell();
  const t = useWords();
  const months = MONTHS[language].map((label, at) => ({ value: String(at + 1), label }));
  const part = (which: 'day' | 'year') => ({ id: `${id}-${which}`, name: `${name}.${which}`, values, describedBy, invalid });
  return (
    <div class="usa-memorable-date">
      <div class="usa-form-group usa-form-group--month usa-form-group--select">
        <label class="usa-label" for={id}>
          {t(WORDS.month)}
        </label>
        <SelectControl id={id} name={`${name}.month`} values={values} describedBy={describedBy} invalid={invalid} options={months} />
      </div>
      <div class="usa-form-group usa-form-group--day">
        <label class="usa-label" for={`${id}-day`}>
          {t(WORDS.day)}
        </label>
        <TextControl {...part('day')} inputMode="numeric" />
      </div>
      <div class="usa-form-group usa-form-group--year">
        <label class="usa-label" for={`${id}-year`}>
          {t(WORDS.year)}
        </label>
        <TextControl {...part('year')} inputMode="numeric" />
      </div>
    </div>
  );
}
