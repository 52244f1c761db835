import type { ComponentChildren } from 'preact';
import { GROUP_WORDS, personNumber } from '../words/intake-words.js';
import { PostForm } from '../shell/post-form.js';
import type { LocalPath } from '../shell/local-path.js';
import { useWords } from '../shell/shell.js';
import type { AskedInput } from './asked-input.js';
import { problemAt, type FormProblem, type FormValues } from './form-values.js';
import { Question } from './question.js';
import type { ClassLives } from './retention-line.js';
import { topicSections, type TopicSection } from './topic-sections.js';

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
  /** By path, where somebody else saved something different meanwhile. */
  readonly stored?: Readonly<Record<string, string>>;
  /** The buttons. */
  readonly children: ComponentChildren;
}

/** The questions of one page, as its declarations have them, in one form. */
export function QuestionForm(props: QuestionFormProps) {
  const sections = topicSections(props.inputs);
  return (
    <PostForm action={props.action} class="tf-form tf-questions" hidden={{ version: String(props.version) }}>
      {sections.map((section, at) => (
        <div key={at} class="tf-about">
          {sections.length > 1 && <SectionHeading section={section} names={props.personNames ?? []} />}
          {section.inputs.map((input) => (
            <Question
              key={input.path}
              input={input}
              values={props.values}
              error={problemAt(props.problems, input.path)?.reason}
              life={props.lives[input.field.class]}
              stored={props.stored?.[input.path]}
            />
          ))}
        </div>
      ))}
      <div class="tf-buttons">{props.children}</div>
    </PostForm>
  );
}

interface SectionHeadingProps {
  readonly section: TopicSection;
  readonly names: readonly (string | undefined)[];
}

function SectionHeading({ section: { group, position }, names }: SectionHeadingProps) {
  const t = useWords();
  return <h2>{position === undefined ? t(GROUP_WORDS[group]) : <bdi>{names[position] ?? t(personNumber(position + 1))}</bdi>}</h2>;
}

/** What a question is called in the error summary of a page. */
export function labelIn(inputs: readonly AskedInput[], t: ReturnType<typeof useWords>): (path: string) => string | undefined {
  return (path) => {
    const input = inputs.find((candidate) => candidate.path === path);
    return input === undefined ? undefined : t(input.field.label);
  };
}
