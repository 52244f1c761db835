import { LANGUAGE_NAMES, LANGUAGES } from '../words/language.js';
import { LANGUAGE_FIELD, PROBLEMS_FIELD, TYPED_FORM } from './form-fields.js';
import { PostForm } from './post-form.js';
import { useShell } from './shell.js';

/** One button for each other language, under that language's own name, so that who needs it can find it. */
export function LanguageSwitch() {
  const { path, typed, isShownOnce } = useShell();
  if (isShownOnce === true) return null;
  if (typed !== undefined) return <TypedFormSwitch problems={typed.problems} />;
  return (
    <PostForm action="/language" class="tf-inline-form" hidden={{ returnTo: path }}>
      <Buttons name="language" />
    </PostForm>
  );
}

/**
 * Beside a form that was refused: sends what stands in it, to be shown in the other language and not saved. The unseen button
 * comes first because the Enter key presses the first one that belongs to a form, wherever on the page it stands.
 */
function TypedFormSwitch({ problems }: { readonly problems: string }) {
  return (
    <div class="tf-inline-form">
      <button type="submit" form={TYPED_FORM} hidden />
      <input type="hidden" form={TYPED_FORM} name={PROBLEMS_FIELD} value={problems} />
      <Buttons name={LANGUAGE_FIELD} form={TYPED_FORM} />
    </div>
  );
}

function Buttons({ name, form }: { readonly name: string; readonly form?: string }) {
  const { language } = useShell();
  return (
    <>
      {LANGUAGES.filter((other) => other !== language).map((other) => (
        <button key={other} type="submit" form={form} formNoValidate name={name} value={other} lang={other} class="usa-button usa-button--unstyled">
          {LANGUAGE_NAMES[other]}
        </button>
      ))}
    </>
  );
}
