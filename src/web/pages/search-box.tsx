import { inputId } from '../form/asked-input.js';
import { DateControl, TextControl } from '../form/controls.js';
import { describedBy } from '../form/described-by.js';
import { ErrorSummary } from '../form/error-summary.js';
import { problemAt, type FormProblem, type FormValues } from '../form/form-values.js';
import { GroupedQuestion, LabelledQuestion } from '../form/question-frame.js';
import { PostForm } from '../shell/post-form.js';
import { useWords } from '../shell/shell.js';
import { INTAKE_LIST_WORDS as WORDS } from '../words/intake-words.js';

interface SearchBoxProps {
  readonly values: FormValues;
  readonly problems: readonly FormProblem[];
  readonly byTaxpayerId: boolean;
  readonly found?: unknown;
}

type SearchField = 'phone' | 'lastName' | 'dateOfBirth' | 'taxpayerId';

/** Three forms, each with its own button: what is searched goes by POST, never into an address. Open once it was used. */
export function SearchBox({ values, problems, byTaxpayerId, found }: SearchBoxProps) {
  const t = useWords();
  const text = (name: SearchField) => {
    const reason = problemAt(problems, name)?.reason;
    return { id: inputId(name), label: t(WORDS[name]), error: reason && t(reason) };
  };
  const control = (name: SearchField) => {
    const error = problemAt(problems, name);
    const id = inputId(name);
    return { id, name, values, invalid: error !== undefined, describedBy: describedBy(id, { error }) };
  };
  const button = (
    <button type="submit" class="usa-button usa-button--outline">
      {t(WORDS.search)}
    </button>
  );
  return (
    <details class="tf-search" open={found !== undefined || problems.length > 0}>
      <summary>{t(WORDS.searchTitle)}</summary>
      <ErrorSummary problems={problems} saves={false} labelOf={(path) => (path in WORDS ? t(WORDS[path as SearchField]) : undefined)} />
      <p>{t(WORDS.searchExplain)}</p>
      <div class="tf-search__ways">
        <PostForm action="/intakes/search" label={t(WORDS.byPhone)} wasSent={'phone' in values}>
          <h2>{t(WORDS.byPhone)}</h2>
          <LabelledQuestion {...text('phone')}>
            <TextControl {...control('phone')} inputMode="tel" />
          </LabelledQuestion>
          {button}
        </PostForm>
        <PostForm action="/intakes/search" label={t(WORDS.byName)} wasSent={'lastName' in values}>
          <h2>{t(WORDS.byName)}</h2>
          <LabelledQuestion {...text('lastName')}>
            <TextControl {...control('lastName')} />
          </LabelledQuestion>
          <GroupedQuestion {...text('dateOfBirth')} describedBy={control('dateOfBirth').describedBy}>
            <DateControl {...control('dateOfBirth')} />
          </GroupedQuestion>
          {button}
        </PostForm>
        {byTaxpayerId && (
          <PostForm action="/intakes/search" label={t(WORDS.byTaxpayerId)} wasSent={'taxpayerId' in values}>
            <h2>{t(WORDS.byTaxpayerId)}</h2>
            <LabelledQuestion {...text('taxpayerId')}>
              <TextControl {...control('taxpayerId')} inputMode="numeric" />
            </LabelledQuestion>
            {button}
          </PostForm>
        )}
      </div>
    </details>
  );
}
