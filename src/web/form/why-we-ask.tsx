import { FORM_WORDS as WORDS } from '../words/form-words.js';
import { useWords } from '../shell/shell.js';
import type { AskedField } from './asked-input.js';
import { RetentionLine, type ClassLife } from './retention-line.js';

/** Folded away under each question: why it is asked and how long the answer can be read. */
export function WhyWeAsk({ field, life }: { readonly field: AskedField; readonly life?: ClassLife | undefined }) {
  const t = useWords();
  return (
    <details class="tf-why">
      <summary>
        {t(WORDS.why)}
        <span class="usa-sr-only">: {t(field.label)}</span>
      </summary>
      <p>{t(field.why)}</p>
      {life !== undefined && (
        <p>
          <RetentionLine life={life} />. {'readableUntil' in life && t(WORDS.thenDestroyed)}
        </p>
      )}
    </details>
  );
}
