import type { ComponentChildren } from 'preact';
import { PostForm } from '../shell/post-form.js';
import type { LocalPath } from '../shell/local-path.js';
import type { useWords } from '../shell/shell.js';
import type { AskedInput } from './asked-input.js';
import type { FormProblem, FormValues } from './form-values.js';
import { QuestionSections } from './question-sections.js';
import type { ClassLives } from './retention-line.js';

export interface QuestionFormProps {
  readonly action: LocalPath;
  /** Of the intake that this page was made from: an older one is refused on saving. */
  readonly version: number;
  readonly inputs: readonly AskedInput[];
  readonly values: FormValues;
  readonly problems: readonly FormProblem[];
  readonly lives: ClassLives;
  /** By position, for the headings of people; who has no name yet is "Person 3". */
  readonly personNames?: readonly (string | undefined)[];
  /** People stand in places that fold: on the page that has all twelve. */
  readonly foldsPeople?: boolean;
  /** By path, where somebody else saved something different meanwhile. */
  readonly stored?: Readonly<Record<string, string>>;
  /** The buttons. */
  readonly children: ComponentChildren;
}

/** The questions of one page, as its declarations have them, in one form. */
export function QuestionForm(props: QuestionFormProps) {
  return (
    <PostForm action={props.action} class="tf-form tf-questions" hidden={{ version: String(props.version) }}>
      <QuestionSections {...props} />
      <div class="tf-buttons">{props.children}</div>
    </PostForm>
  );
}

/** What a question is called in the error summary of a page. */
export function labelIn(inputs: readonly AskedInput[], t: ReturnType<typeof useWords>): (path: string) => string | undefined {
  return (path) => {
    const input = inputs.find((candidate) => candidate.path === path);
    return input === undefined ? undefined : t(input.field.label);
  };
}
