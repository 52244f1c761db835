import { ErrorSummary } from '../form/error-summary.js';
import type { FormProblem } from '../form/form-values.js';
import { NewPasswordFields } from '../form/new-password-fields.js';
import { PlainField } from '../form/plain-field.js';
import type { LocalPath } from '../shell/local-path.js';
import { PostForm } from '../shell/post-form.js';
import type { Page } from '../shell/render-page.js';
import { useWords } from '../shell/shell.js';
import { PASSWORD_WORDS, SET_UP_WORDS as WORDS, SIGN_IN_WORDS } from '../words/member-words.js';

export interface SetUpPage {
  /** The one-time link that was printed on first start. */
  readonly action: LocalPath;
  readonly organisation: string;
  readonly siteName: string;
  readonly timeZone: string;
  readonly timeZones: readonly string[];
  readonly name: string;
  readonly email: string;
  readonly secondName: string;
  readonly secondEmail: string;
  readonly problems: readonly FormProblem[];
}

const LABELS = {
  organisation: WORDS.organisation,
  siteName: WORDS.siteName,
  timeZone: WORDS.timeZone,
  name: PASSWORD_WORDS.name,
  email: SIGN_IN_WORDS.email,
  password: PASSWORD_WORDS.password,
  passwordAgain: PASSWORD_WORDS.again,
  secondName: WORDS.secondName,
  secondEmail: WORDS.secondEmail,
} as const;

function Body({ page }: { readonly page: SetUpPage }) {
  const t = useWords();
  const { problems } = page;
  return (
    <>
      <ErrorSummary problems={problems} saves={false} labelOf={(path) => (path in LABELS ? t(LABELS[path as keyof typeof LABELS]) : undefined)} />
      <h1>{t(WORDS.title)}</h1>
      <p class="tf-intro">{t(WORDS.intro)}</p>
      <PostForm action={page.action}>
        <PlainField
          name="organisation"
          label={WORDS.organisation}
          hint={WORDS.organisationHint}
          value={page.organisation}
          problems={problems}
        />
        <PlainField name="siteName" label={WORDS.siteName} hint={WORDS.siteHint} value={page.siteName} problems={problems} />
        <PlainField
          name="timeZone"
          label={WORDS.timeZone}
          hint={WORDS.timeZoneHint}
          value={page.timeZone}
          problems={problems}
          list={page.timeZones}
        />
        <PlainField name="name" label={PASSWORD_WORDS.name} hint={PASSWORD_WORDS.nameHint} value={page.name} problems={problems} autocomplete="name" />
        <PlainField name="email" type="email" label={SIGN_IN_WORDS.email} value={page.email} problems={problems} autocomplete="username" />
        <NewPasswordFields problems={problems} />
        <fieldset class="usa-fieldset usa-form-group" aria-describedby="second-hint">
          <legend class="usa-legend">{t(WORDS.second)}</legend>
          <span class="usa-hint" id="second-hint">
            {t(WORDS.secondHint)}
          </span>
          <PlainField name="secondName" label={WORDS.secondName} value={page.secondName} problems={problems} />
          <PlainField name="secondEmail" type="email" label={WORDS.secondEmail} value={page.secondEmail} problems={problems} inputMode="email" />
        </fieldset>
        <button type="submit" class="usa-button">
          {t(WORDS.submit)}
        </button>
      </PostForm>
    </>
  );
}

export const setUpPage: Page<SetUpPage> = {
  title: () => WORDS.title,
  hasProblems: ({ problems }) => problems.length > 0,
  width: 'form',
  Body,
};
