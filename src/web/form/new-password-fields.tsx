import { useWords } from '../shell/shell.js';
import { PASSWORD_WORDS as WORDS, passwordHint } from '../words/member-words.js';
import type { FormProblem } from './form-values.js';
import { PlainField } from './plain-field.js';

/** NIST SP 800-63B-4, 3.1.1.2: what a password needs where it stands alone. */
export const LEAST_PASSWORD_CHARACTERS = 15;

/** A new password, typed or pasted twice; length is its only rule. What was typed is not sent back. */
export function NewPasswordFields({ problems }: { readonly problems: readonly FormProblem[] }) {
  const t = useWords();
  return (
    <>
      <PlainField
        name="password"
        type="password"
        label={WORDS.password}
        hint={passwordHint(LEAST_PASSWORD_CHARACTERS)}
        problems={problems}
        autocomplete="new-password"
      />
      <PlainField name="passwordAgain" type="password" label={WORDS.again} problems={problems} autocomplete="new-password" />
      <p class="tf-quiet">{t(WORDS.nobodyResets)}</p>
    </>
  );
}
