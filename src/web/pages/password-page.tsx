import { ErrorSummary } from '../form/error-summary.js';
import type { FormProblem } from '../form/form-values.js';
import { NewPasswordFields } from '../form/new-password-fields.js';
import { PlainField } from '../form/plain-field.js';
import { PostForm } from '../shell/post-form.js';
import type { Page } from '../shell/render-page.js';
import { useWords } from '../shell/shell.js';
import { PASSWORD_WORDS as WORDS } from '../words/member-words.js';

/** A member's own password; none of the three is ever shown again. */
export interface PasswordPage {
  readonly problems: readonly FormProblem[];
}

const LABELS = { current: WORDS.current, password: WORDS.password, passwordAgain: WORDS.again } as const;

function Body({ page: { problems } }: { readonly page: PasswordPage }) {
  const t = useWords();
  return (
    <>
      <ErrorSummary problems={problems} saves={false} labelOf={(path) => (path in LABELS ? t(LABELS[path as keyof typeof LABELS]) : undefined)} />
      <h1>{t(WORDS.title)}</h1>
      <p class="tf-intro">{t(WORDS.effect)}</p>
      <PostForm action="/password">
        <PlainField name="current" type="password" label={WORDS.current} problems={problems} autocomplete="current-password" />
        <NewPasswordFields problems={problems} />
        <button type="submit" class="usa-button">
          {t(WORDS.submit)}
        </button>
      </PostForm>
    </>
  );
}

export const passwordPage: Page<PasswordPage> = {
  title: () => WORDS.title,
  hasProblems: ({ problems }) => problems.length > 0,
  width: 'form',
  Body,
};
