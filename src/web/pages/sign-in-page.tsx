import { PlainField } from '../form/plain-field.js';
import { keptFields, type KeptForm } from '../http/kept-form.js';
import { Notice } from '../shell/notice.js';
import { PostForm } from '../shell/post-form.js';
import type { Page } from '../shell/render-page.js';
import { useWords } from '../shell/shell.js';
import { SIGN_IN_WORDS as WORDS } from '../words/member-words.js';

export interface SignInPage {
  /** Typed in the attempt that was refused. A password is never shown again. */
  readonly email?: string;
  /** One wording for every wrong sign-in, so that nobody learns who has an account. */
  readonly refusal?: 'failed' | 'codeRequired' | 'tooMany';
  /** The session that the browser brought is over. */
  readonly timedOut?: boolean;
  /** What was typed into the form that came too late; sent along unseen. */
  readonly kept?: KeptForm;
}

function Body({ page }: { readonly page: SignInPage }) {
  const t = useWords();
  return (
    <>
      <h1>{t(WORDS.title)}</h1>
      {page.timedOut === true && <Notice kind="info" text={WORDS.timedOut} />}
      {page.kept !== undefined && <Notice kind="warning" text={WORDS.kept} />}
      {page.refusal !== undefined && <Notice kind="error" text={WORDS[page.refusal]} />}
      <PostForm action="/sign-in" hidden={{ ...(page.kept && keptFields(page.kept)), ...(page.refusal && { refusal: page.refusal }) }}>
        <PlainField name="email" type="email" label={WORDS.email} value={page.email} problems={[]} autocomplete="username" inputMode="email" />
        <PlainField name="password" type="password" label={WORDS.password} problems={[]} autocomplete="current-password" />
        {page.refusal === 'codeRequired' && (
          <PlainField name="code" label={WORDS.code} hint={WORDS.codeHint} problems={[]} autocomplete="one-time-code" inputMode="numeric" />
        )}
        <button type="submit" class="usa-button">
          {t(WORDS.submit)}
        </button>
      </PostForm>
      <p class="tf-quiet">{t(WORDS.about)}</p>
    </>
  );
}

export const signInPage: Page<SignInPage> = {
  title: () => WORDS.title,
  hasProblems: ({ refusal }) => refusal !== undefined,
  width: 'form',
  Body,
};
