import { useWords } from '../shell/shell.js';
import { personNumber } from '../words/intake-words.js';
import type { AskedInput } from './asked-input.js';
import { namesOf } from './form-to-answers.js';
import { problemAt, type FormProblem, type FormValues } from './form-values.js';
import { labelBeside } from './label-beside.js';
import { PersonPlace } from './person-place.js';
import { Question } from './question.js';
import { removeName } from './remove-people.js';
import type { ClassLives } from './retention-line.js';
import { topicSections, type TopicSection } from './topic-sections.js';

export interface QuestionSectionsProps {
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
}

/** The questions of a page, cut where whom they are about changes. */
export function QuestionSections(props: QuestionSectionsProps) {
  const sections = topicSections(props.inputs);
  const blank = sections.find((section) => section.position !== undefined && !isTaken(section, props));
  return (
    <>
      {sections.map((section, at) =>
        section.position !== undefined && props.foldsPeople === true ? (
          <PersonPlace
            key={at}
            position={section.position}
            name={props.personNames?.[section.position]}
            open={section === blank || isTaken(section, props)}
            taken={isTaken(section, props)}
            removed={Object.hasOwn(props.values, removeName(section.position))}
          >
            <Questions section={section} page={props} />
          </PersonPlace>
        ) : (
          <div key={at} class="tf-about">
            {sections.length > 1 && <SectionHeading section={section} names={props.personNames ?? []} />}
            <Questions section={section} page={props} />
          </div>
        ),
      )}
    </>
  );
}

function Questions({ section, page }: { readonly section: TopicSection; readonly page: QuestionSectionsProps }) {
  const beside = section.inputs.map(({ field }) => field);
  return (
    <>
      {section.inputs.map((input) => (
        <Question
          key={input.path}
          input={input}
          label={labelBeside(input.field, beside)}
          values={page.values}
          error={problemAt(page.problems, input.path)?.reason}
          life={page.lives[input.field.class]}
          stored={page.stored?.[input.path]}
        />
      ))}
    </>
  );
}

interface SectionHeadingProps {
  readonly section: TopicSection;
  readonly names: readonly (string | undefined)[];
}

function SectionHeading({ section: { heading, position }, names }: SectionHeadingProps) {
  const t = useWords();
  return <h2>{position === undefined ? t(heading) : <bdi>{names[position] ?? t(personNumber(position + 1))}</bdi>}</h2>;
}

/** Anything typed, stored meanwhile or wrong there. */
function isTaken({ inputs }: TopicSection, { values, problems, stored }: QuestionSectionsProps): boolean {
  const hasValue = ({ path, field }: AskedInput) => namesOf(path, field).some((name) => (values[name] ?? '') !== '');
  return inputs.some((input) => hasValue(input) || stored?.[input.path] !== undefined || problemAt(problems, input.path) !== undefined);
}
