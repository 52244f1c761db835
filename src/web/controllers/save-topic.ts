import { Injectable } from '@nestjs/common';
import type { SiteMember } from '../../access/signed-in.js';
import type { AnswerProblem } from '../../catalogue/parse-answers.js';
import type { Topic } from '../../catalogue/topics.js';
import { ChangeIntake } from '../../intake/change-intake.js';
import { Refusal } from '../../platform/refusal.js';
import { askedInputs } from '../form/asked-input.js';
import { formToAnswers, withPeople, type PersonAnswers } from '../form/form-to-answers.js';
import type { FormProblem, FormValues } from '../form/form-values.js';
import { typedValues } from '../form/typed-values.js';
import { formVersion } from '../http/form-version.js';
import { asksOfPeople, fieldsOf, OpenTopic } from './open-topic.js';
import type { Asked } from './site-questions.js';
import { typedDifferences, type Unsaved } from './typed-differences.js';

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
  | { readonly kind: 'saved' }
  | ({ readonly kind: 'refused'; readonly version: number; readonly problems: readonly FormProblem[] } & Unsaved)
  | ({ readonly kind: 'conflict' } & Unsaved);

/** Saves the answers of one page against the version that it was made from. */
@Injectable()
export class SaveTopic {
  constructor(
    private readonly open: OpenTopic,
    private readonly change: ChangeIntake,
  ) {}

  /**
   * Whoever finds everything they typed stored already (they pressed twice, or somebody typed the same) is not told of a conflict.
   * @throws Refusal for whatever is not about the answers: BAD_REQUEST, NOT_FOUND, DESTROYED, PRESERVED, …
   */
  async run(who: SiteMember, page: SentPage): Promise<Outcome> {
    const { groups, people } = formToAnswers(askedInputs(fieldsOf(page.topic), page.positions), page.sent);
    const version = formVersion(page.sent);
    const stored = asksOfPeople(page.topic) ? await this.people(who, page) : [];
    const household = people.size === 0 ? {} : { household: withPeople(stored, people) };
    try {
      await this.change.run(who, page.id, { version, answers: { ...groups, ...household } });
      return { kind: 'saved' };
    } catch (error) {
      const problems = problemsOf(error);
      if (problems === undefined && !isConflict(error)) throw error;
      const unsaved = await this.unsaved(who, page);
      if (problems === undefined && typedDifferences(unsaved).length === 0) return { kind: 'saved' };
      return problems === undefined ? { kind: 'conflict', ...unsaved } : { kind: 'refused', version, problems, ...unsaved };
    }
  }

  /** The list as it is stored, which is opened also where nobody is in it: a reading that is missing would tell. If it changed since the page was made, saving is refused and the page compares. */
  private async people(who: SiteMember, { id, asked, topic }: SentPage): Promise<readonly PersonAnswers[]> {
    const { read } = await this.open.run(who, id, asked, topic);
    return (read.answers.reveal().household ?? []) as readonly PersonAnswers[];
  }

  private async unsaved(who: SiteMember, { id, asked, topic, positions, sent }: SentPage): Promise<Unsaved> {
    const opened = await this.open.run(who, id, asked, topic);
    const inputs = askedInputs(opened.fields, positions);
    return { opened, inputs, values: typedValues(inputs, sent) };
  }
}

function isConflict(error: unknown): boolean {
  return error instanceof Refusal && error.code === 'VERSION_CONFLICT';
}

/** Undefined if the refusal is not about single answers. */
function problemsOf(error: unknown): readonly FormProblem[] | undefined {
  const problems = error instanceof Refusal ? error.details['problems'] : undefined;
  return Array.isArray(problems) ? (problems as AnswerProblem[]) : undefined;
}
