import type { ComponentChildren } from 'preact';
import { useWords } from '../shell/shell.js';
import { HOUSEHOLD_WORDS as WORDS, personNumber } from '../words/intake-words.js';
import { removeName } from './remove-people.js';

interface PersonPlaceProps {
  /** From 0. */
  readonly position: number;
  readonly name: string | undefined;
  readonly open: boolean;
  /** Somebody is entered here, who can be taken out. */
  readonly taken: boolean;
  /** They were marked to be taken out, in a form that was not saved. */
  readonly removed: boolean;
  /** The questions. */
  readonly children: ComponentChildren;
}

/**
 * One of the twelve places of the household. All of them are on one page and are saved together, so that the number of
 * saves does not tell how many live in the home; those not needed stay folded.
 */
export function PersonPlace({ position, name, open, taken, removed, children }: PersonPlaceProps) {
  const t = useWords();
  const remove = removeName(position);
  return (
    <details class="tf-about tf-person" id={personAnchor(position)} open={open}>
      <summary>
        <h2>
          <bdi>{name ?? t(personNumber(position + 1))}</bdi>
        </h2>
      </summary>
      {children}
      {taken && (
        <div class="usa-checkbox">
          <input class="usa-checkbox__input" id={remove} type="checkbox" name={remove} value="yes" checked={removed} autocomplete="off" />
          <label class="usa-checkbox__label" for={remove}>
            {t(WORDS.remove)}
            <span class="usa-checkbox__label-description">{t(WORDS.removeEffect)}</span>
          </label>
        </div>
      )}
    </details>
  );
}

/** Where on the page a person's place is. */
export function personAnchor(position: number): string {
  return `person-${position + 1}`;
}
