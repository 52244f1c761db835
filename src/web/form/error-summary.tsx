import { FORM_WORDS as WORDS } from '../words/form-words.js';
import { useWords } from '../shell/shell.js';
import { inputId } from './asked-input.js';
import type { FormProblem } from './form-values.js';

interface ErrorSummaryProps {
  readonly problems: readonly FormProblem[];
  /** What the question is called, for a list that makes sense read alone; undefined if it is not on this page. */
  readonly labelOf: (path: string) => string | undefined;
  /** False where nothing would have been saved anyway, as in a search, and where a password has to be typed again. */
  readonly saves?: boolean;
}

/** First on the page and focused when it loads: what is wrong, each line leading to its question. Nothing if all is well. */
export function ErrorSummary({ problems, labelOf, saves = true }: ErrorSummaryProps) {
  const t = useWords();
  if (problems.length === 0) return null;
  return (
    <div class="usa-alert usa-alert--error tf-error-summary" role="alert" tabIndex={-1} autofocus aria-labelledby="problems">
      <div class="usa-alert__body">
        <h2 class="usa-alert__heading" id="problems">
          {t(WORDS.thereIsAProblem)}
        </h2>
        <ul class="usa-list">
          {problems.map(({ path, reason }) => {
            const label = labelOf(path);
            return (
              <li key={path}>
                {label === undefined ? t(reason) : <a class="usa-link" href={`#${inputId(path)}`}>{`${label}: ${t(reason)}`}</a>}
              </li>
            );
          })}
        </ul>
        {saves && <p class="usa-alert__text">{t(WORDS.nothingLost)}</p>}
      </div>
    </div>
  );
}
