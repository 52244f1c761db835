import { LANGUAGE_NAMES, LANGUAGES } from '../words/language.js';
import { PostForm } from './post-form.js';
import { useShell } from './shell.js';

/** One button for each other language, under that language's own name, so that who needs it can find it. */
export function LanguageSwitch() {
  const { language, path } = useShell();
  return (
    <PostForm action="/language" class="tf-inline-form" hidden={{ returnTo: path }}>
      {LANGUAGES.filter((other) => other !== language).map((other) => (
        <button key={other} type="submit" name="language" value={other} lang={other} class="usa-button usa-button--unstyled">
          {LANGUAGE_NAMES[other]}
        </button>
      ))}
    </PostForm>
  );
}
