import type { ComponentChildren } from 'preact';
import { PostForm } from '../shell/post-form.js';
import type { LocalPath } from '../shell/local-path.js';
import type { useWords } from '../shell/shell.js';
import { personNumber } from '../words/intake-words.js';
import { alikeNumbers, TOLD_ALIKE } from './alike-numbers.js';
import type { AskedInput } from './asked-input.js';
import { problemAt } from './form-values.js';
import { labelBeside } from './label-beside.js';
import { OPENED_WITH } from './opened-with.js';
import { QuestionSections, type QuestionSectionsProps } from './question-sections.js';

export interface QuestionFormProps extends QuestionSectionsProps {
  readonly action: LocalPath;
  /** Of the intake that this page was made from: an older one is refused on saving. */
  readonly version: number;
  /** What it shows, as marks of it: `openedWith`. */
  readonly openedWith: string;
  /** The buttons. */
  readonly children: ComponentChildren;
}

/** The questions of one page, as its declarations have them, in one form. */
export function QuestionForm(props: QuestionFormProps) {
  const told = alikeNumbers(props.inputs, props.values).filter((path) => problemAt(props.problems, path));
  const hidden = { version: String(props.version), [OPENED_WITH]: props.openedWith, ...(told.length > 0 && { [TOLD_ALIKE]: told.join(' ') }) };
  return (
    <PostForm action={props.action} class="tf-form tf-questions" hidden={hidden}>
      <QuestionSections {...props} />
      <div class="tf-buttons">{props.children}</div>
    </PostForm>
  );
}

type LabelOf = (path: string) => string | undefined;

/**
 * What a question is called where it stands alone, as in the error summary: in the household with whom it is about.
 * @param personNames by position, where they are surely of who stands there; others are "Person 3"
 */
export function labelIn(inputs: readonly AskedInput[], t: ReturnType<typeof useWords>, personNames: QuestionFormProps['personNames'] = []): LabelOf {
  const fields = inputs.map(({ field }) => field);
  return (path) => {
    const input = inputs.find((candidate) => candidate.path === path);
    if (input === undefined) return undefined;
    const label = t(labelBeside(input.field, fields));
    if (input.field.group !== 'household') return label;
    const position = Number(path.split('.')[1]);
    return `${personNames[position] ?? t(personNumber(position + 1))}: ${label}`;
  };
}
