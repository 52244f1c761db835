import type { Role } from '../../access/signed-in.js';
import type { Wording } from '../../catalogue/wording.js';
import { RadioControl } from '../form/controls.js';
import { describedBy } from '../form/described-by.js';
import { inputId } from '../form/asked-input.js';
import { problemAt, type FormProblem } from '../form/form-values.js';
import { PlainField } from '../form/plain-field.js';
import { GroupedQuestion } from '../form/question-frame.js';
import { ReasonField } from '../form/reason-field.js';
import { PostForm } from '../shell/post-form.js';
import { useWords } from '../shell/shell.js';
import { REASON_WORDS } from '../words/approval-words.js';
import { MEMBERS_WORDS as WORDS, ROLE_EXPLANATIONS, SIGN_IN_WORDS } from '../words/member-words.js';

/** What was typed, when it was refused. */
export interface InviteFormProps {
  readonly name: string;
  readonly email: string;
  readonly role: Role | '';
  /** Whether the box of every site is ticked; undefined for those who may not offer it. */
  readonly organisationWide?: boolean | undefined;
  readonly reason: string;
  readonly problems: readonly FormProblem[];
}

export function InviteForm({ name, email, role, organisationWide, reason, problems }: InviteFormProps) {
  const t = useWords();
  const roles = (['preparer', 'administrator', 'auditor'] as const).map((value) => ({ value, label: t(ROLE_EXPLANATIONS[value]) }));
  const problem = problemAt(problems, 'role')?.reason;
  const id = inputId('role');
  return (
    <section aria-labelledby="invite">
      <h2 id="invite">{t(WORDS.inviteTitle)}</h2>
      <PostForm action="/members/invitations">
        <PlainField name="name" label={WORDS.name} hint={WORDS.nameHint} value={name} problems={problems} />
        <PlainField name="email" type="email" label={SIGN_IN_WORDS.email} value={email} problems={problems} inputMode="email" />
        <GroupedQuestion
          id={id}
          label={t(WORDS.roleQuestion)}
          error={problem && t(problem)}
          describedBy={describedBy(id, { error: problem })}
        >
          <RadioControl id={id} name="role" chosen={role} options={roles} />
        </GroupedQuestion>
        {organisationWide !== undefined && <EverySite ticked={organisationWide} error={problemAt(problems, 'organisationWide')?.reason} />}
        <ReasonField label={REASON_WORDS.label} hint={REASON_WORDS.hint} value={reason} problems={problems} />
        <button type="submit" class="usa-button">
          {t(WORDS.invite)}
        </button>
      </PostForm>
    </section>
  );
}

function EverySite({ ticked, error }: { readonly ticked: boolean; readonly error: Wording | undefined }) {
  const t = useWords();
  const id = inputId('organisationWide');
  return (
    <div class={error === undefined ? 'usa-form-group' : 'usa-form-group usa-form-group--error'}>
      {error !== undefined && (
        <span class="usa-error-message" id={`${id}-error`}>
          {t(error)}
        </span>
      )}
      <div class="usa-checkbox">
        <input
          class="usa-checkbox__input"
          id={id}
          type="checkbox"
          name="organisationWide"
          value="yes"
          checked={ticked}
          aria-describedby={describedBy(id, { hint: WORDS.organisationWideHint, error })}
        />
        <label class="usa-checkbox__label" for={id}>
          {t(WORDS.organisationWideQuestion)}
        </label>
      </div>
      <span class="usa-hint" id={`${id}-hint`}>
        {t(WORDS.organisationWideHint)}
      </span>
    </div>
  );
}
