import { MomentText } from '../shell/dates.js';
import { useWords } from '../shell/shell.js';
import { MEMBERS_WORDS as WORDS } from '../words/member-words.js';

interface LinkToHandOverProps {
  readonly email: string;
  readonly link: string;
  readonly expiresAt: Date;
  /** Of the site, where nobody of it is signed in yet. */
  readonly timeZone?: string;
}

/** A one-time link, in a box from which it can be copied without a script. */
export function LinkToHandOver({ email, link, expiresAt, timeZone }: LinkToHandOverProps) {
  const t = useWords();
  return (
    <>
      <div class="usa-form-group">
        <label class="usa-label" for="invitation-link">
          {t(WORDS.madeLink)} <bdi>{email}</bdi>
        </label>
        <textarea class="usa-textarea tf-copy" id="invitation-link" rows={3} readOnly spellcheck={false}>
          {link}
        </textarea>
      </div>
      <p>
        {t(WORDS.expires)} <MomentText at={expiresAt} {...(timeZone !== undefined && { timeZone })} />.
      </p>
    </>
  );
}
