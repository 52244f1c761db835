import type { ComponentChildren } from 'preact';
import { FORM_WORDS as WORDS } from '../words/form-words.js';
import { useWords } from '../shell/shell.js';

export interface QuestionText {
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  /** What is stored now, where somebody else saved first. */
  readonly stored?: string | undefined;
  /** Below the control: why it is asked. */
  readonly notes?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A question with one control. */
export function LabelledQuestion(props: QuestionText) {
  return (
    <div class={groupLook(props.error)}>
      <label class={props.error === undefined ? 'usa-label' : 'usa-label usa-label--error'} for={props.id}>
        {props.label}
      </label>
      <Remarks {...props} />
      {props.children}
      {props.notes}
    </div>
  );
}

/** A question with several controls, which a screen reader announces together. */
export function GroupedQuestion(props: QuestionText & { readonly row?: boolean; readonly describedBy?: string | undefined }) {
  return (
    <div class={groupLook(props.error)}>
      <fieldset class={props.row === true ? 'usa-fieldset tf-row-question' : 'usa-fieldset'} aria-describedby={props.describedBy}>
        <legend class={props.error === undefined ? 'usa-legend' : 'usa-legend usa-label--error'}>{props.label}</legend>
        <Remarks {...props} />
        {props.children}
      </fieldset>
      {props.notes}
    </div>
  );
}

function groupLook(error: string | undefined): string {
  return error === undefined ? 'usa-form-group' : 'usa-form-group usa-form-group--error';
}

function Remarks({ id, hint, stored, error }: QuestionText) {
  const t = useWords();
  return (
    <>
      {hint !== undefined && (
        <span class="usa-hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {stored !== undefined && (
        <p class="tf-stored" id={`${id}-stored`}>
          <strong>{t(WORDS.storedNow)}</strong> <bdi>{stored}</bdi>
        </p>
      )}
      {error !== undefined && (
        <span class="usa-error-message" id={`${id}-error`}>
          <span class="usa-sr-only">{t(WORDS.errorPrefix)} </span>
          {error}
        </span>
      )}
    </>
  );
}
