import { Injectable } from '@nestjs/common';
import type { SiteMember } from '../../access/signed-in.js';
import type { AnswerProblem } from '../../catalogue/parse-answers.js';
import type { Topic } from '../../catalogue/topics.js';
import { ChangeIntake } from '../../intake/change-intake.js';
import type { Stage } from '../../intake/stage.js';
import { Refusal } from '../../platform/refusal.js';
import { untoldAlike } from '../form/alike-numbers.js';
import { askedInputs } from '../form/asked-input.js';
import { closeUpPeople } from '../form/close-up-people.js';
import { formToAnswers, withPeople, type PersonAnswers } from '../form/form-to-answers.js';
import type { FormProblem, FormValues } from '../form/form-values.js';
import { OPENED_WITH } from '../form/opened-with.js';
import { removals, removePeople } from '../form/remove-people.js';
import { typedValues } from '../form/typed-values.js';
import { formVersion } from '../http/form-version.js';
import { CONFLICT_WORDS } from '../words/intake-words.js';
import { asksOfPeople, fieldsOf, OpenTopic } from './open-topic.js';
import type { Asked } from './site-questions.js';
import { HOUSEHOLD } from './topic-path.js';
import { besideStored, typedDifferences, type Unsaved } from './typed-differences.js';

/** A page of questions that was sent back. */
export interface SentPage {
  readonly id: string;
  readonly asked: Asked;
  readonly topic: Topic;
  /** The people it asked about, from 0. */
  readonly positions: readonly number[];
  readonly sent: FormValues;
}

export type Outcome =
  | { readonly kind: 'saved'; readonly stage: Stage }
  | ({ readonly kind: 'refused'; readonly version: number; readonly problems: readonly FormProblem[] } & Unsaved)
  | ({ readonly kind: 'conflict' } & Unsaved);

/** Carried by a page that compares, so that it is known for one when it comes back from the language switch. */
export const CONFLICT: readonly FormProblem[] = [{ path: 'version', reason: CONFLICT_WORDS.explain }];

/** Saves the answers of one page against the version that it was made from. */
@Injectable()
export class SaveTopic {
  constructor(
    private readonly open: OpenTopic,
    private readonly change: ChangeIntake,
  ) {}

  /**
   * Whoever finds everything they typed stored already (they pressed twice, or somebody typed the same) is not told of a conflict; what
   * only stood on their page, and was changed meanwhile, they have not typed.
   * @throws Refusal for whatever is not about the answers: BAD_REQUEST, NOT_FOUND, DESTROYED, PRESERVED, …
   */
  async run(who: SiteMember, page: SentPage): Promise<Outcome> {
    const inputs = askedInputs(fieldsOf(page.topic), page.positions);
    const { groups, people } = formToAnswers(inputs, removePeople(page.sent));
    const version = formVersion(page.sent);
    const alike = untoldAlike(inputs, page.sent);
    if (alike.length > 0) return { kind: 'refused', version, problems: alike, ...(await this.unsaved(who, page)) };
    const stored = asksOfPeople(page.topic) ? await this.people(who, page) : [];
    const household = people.size === 0 ? {} : { household: withPeople(stored, people) };
    try {
      const { stage } = await this.change.run(who, page.id, { version, answers: { ...groups, ...household } });
      return { kind: 'saved', stage };
    } catch (error) {
      const problems = problemsOf(error);
      if (problems === undefined && !isConflict(error)) throw error;
      const unsaved = await this.unsaved(who, page);
      if (problems !== undefined) return { kind: 'refused', version, problems, ...unsaved };
      const beside = besideStored(unsaved, page.sent);
      return isStored(page.topic, beside) ? { kind: 'saved', stage: beside.opened.read.stage } : { kind: 'conflict', ...beside };
    }
  }

  /** The same page once more, as the language switch asks for it: checks the names of the form and saves nothing. */
  async again(who: SiteMember, page: SentPage, problems: readonly FormProblem[]): Promise<Outcome> {
    formToAnswers(askedInputs(fieldsOf(page.topic), page.positions), removePeople(page.sent));
    const version = formVersion(page.sent);
    const unsaved = await this.unsaved(who, page);
    if (problems.some(({ path }) => path === 'version')) return { kind: 'conflict', ...besideStored(unsaved, page.sent) };
    return { kind: 'refused', version, problems, ...unsaved };
  }

  /** The list as it is stored, which is opened also where nobody is in it: a reading that is missing would tell. If it changed since the page was made, saving is refused and the page compares. */
  private async people(who: SiteMember, { id, asked, topic }: SentPage): Promise<readonly PersonAnswers[]> {
    const { read } = await this.open.run(who, id, asked, topic);
    return (read.answers.reveal().household ?? []) as readonly PersonAnswers[];
  }

  private async unsaved(who: SiteMember, { id, asked, topic, positions, sent }: SentPage): Promise<Unsaved> {
    const opened = await this.open.run(who, id, asked, topic);
    const inputs = askedInputs(opened.fields, positions);
    return { opened, inputs, values: { ...typedValues(inputs, sent), ...removals(sent) }, openedWith: sent[OPENED_WITH] ?? '' };
  }
}

/** Whether everything that was typed is stored as it stands, or as saving it leaves it: people move up where one was taken out. */
function isStored({ id }: Topic, unsaved: Unsaved): boolean {
  if (typedDifferences(unsaved).length === 0) return true;
  return id === HOUSEHOLD && typedDifferences({ ...unsaved, values: closeUpPeople(removePeople(unsaved.values)) }).length === 0;
}

function isConflict(error: unknown): boolean {
  return error instanceof Refusal && error.code === 'VERSION_CONFLICT';
}

/** Undefined if the refusal is not about single answers. */
export function problemsOf(error: unknown): readonly FormProblem[] | undefined {
  const problems = error instanceof Refusal ? error.details['problems'] : undefined;
  return Array.isArray(problems) ? (problems as AnswerProblem[]) : undefined;
}
