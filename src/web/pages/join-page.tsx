import type { Role } from '../../access/signed-in.js';
import { ErrorSummary } from '../form/error-summary.js';
import type { FormProblem } from '../form/form-values.js';
import { NewPasswordFields } from '../form/new-password-fields.js';
import { MomentText } from '../shell/dates.js';
import type { LocalPath } from '../shell/local-path.js';
import { Notice } from '../shell/notice.js';
import { PostForm } from '../shell/post-form.js';
import type { Page } from '../shell/render-page.js';
import { useWords } from '../shell/shell.js';
import { JOIN_WORDS as WORDS, PASSWORD_WORDS, SIGN_IN_WORDS } from '../words/member-words.js';
import { ROLE_WORDS } from '../words/shell-words.js';

export interface JoinPage {
  /** The invitation's own link. */
  readonly action: LocalPath;
  /** The site's name, or the organisation's. */
  readonly place: string;
  readonly role: Role;
  /** The address that was invited; shown so that a password manager keeps the right pair. */
  readonly email: string;
  /** As the administrator wrote it into the invitation. */
  readonly name: string;
  readonly problems: readonly FormProblem[];
  /** Of an administrator who has to wait for an approval: from when on they need not, on the site's clock. */
  readonly opens?: { readonly at: Date; readonly timeZone: string };
}

const LABELS = { password: PASSWORD_WORDS.password, passwordAgain: PASSWORD_WORDS.again } as const;

function Body({ page }: { readonly page: JoinPage }) {
  const t = useWords();
  return (
    <>
      <ErrorSummary problems={page.problems} saves={false} labelOf={(path) => (path in LABELS ? t(LABELS[path as keyof typeof LABELS]) : undefined)} />
      <h1>{t(WORDS.title)}</h1>
      <p class="tf-intro">
        {t(WORDS.invitedTo)} <bdi>{page.place}</bdi> {t(WORDS.as)} {t(ROLE_WORDS[page.role])}.
      </p>
      {page.opens === undefined ? <Form page={page} /> : <NotYet {...page.opens} />}
    </>
  );
}

function NotYet({ at, timeZone }: NonNullable<JoinPage['opens']>) {
  const t = useWords();
  return (
    <Notice kind="info" heading={WORDS.notYet}>
      <p class="usa-alert__text">
        {t(WORDS.notYetExplain)} <MomentText at={at} timeZone={timeZone} />.
      </p>
    </Notice>
  );
}

function Form({ page }: { readonly page: JoinPage }) {
  const t = useWords();
  return (
    <PostForm action={page.action}>
      <p>
        {t(WORDS.yourName)} <strong><bdi>{page.name}</bdi></strong>
      </p>
      <div class="usa-form-group">
        <label class="usa-label" for="invited-email">
          {t(SIGN_IN_WORDS.email)}
        </label>
        <input class="usa-input" id="invited-email" type="email" value={page.email} readOnly autocomplete="username" />
      </div>
      <NewPasswordFields problems={page.problems} />
      <button type="submit" class="usa-button">
        {t(WORDS.submit)}
      </button>
    </PostForm>
  );
}

export const joinPage: Page<JoinPage> = {
  title: () => WORDS.title,
  hasProblems: ({ problems }) => problems.length > 0,
  width: 'form',
  Body,
};
