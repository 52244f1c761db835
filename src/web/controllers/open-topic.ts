import { Injectable } from '@nestjs/common';
import type { SiteMember } from '../../access/signed-in.js';
import { catalogue } from '../../catalogue/catalogue.js';
import type { FieldDeclaration } from '../../catalogue/field-declaration.js';
import type { Topic } from '../../catalogue/topics.js';
import { NAME_FIELDS } from '../../intake/display-name.js';
import { FindDays, type ClassDays } from '../../intake/find-days.js';
import { ReadIntake, type ReadAnswers } from '../../intake/read-intake.js';
import { Refusal } from '../../platform/refusal.js';
import { canBeAnswered } from './closed-topic.js';
import { intakePath } from './intake-page-object.js';
import type { Asked } from './site-questions.js';

export interface OpenedTopic extends Asked {
  readonly topic: Topic;
  /** Those of the topic's questions that can still be answered. */
  readonly fields: readonly FieldDeclaration[];
  /** Answers to them, still wrapped, and the name that stands above every page. */
  readonly read: ReadAnswers;
  /** Of every class, opened here or not. */
  readonly days: ClassDays;
}

/**
 * Opens what one page shows and nothing else: its topic's answers, whose they are, and the people it asks about. Where nothing is asked any
 * more, what the service has written of it too.
 */
@Injectable()
export class OpenTopic {
  constructor(
    private readonly read: ReadIntake,
    private readonly days: FindDays,
  ) {}

  /** @throws Refusal DESTROYED or PRESERVED when nothing of the topic can be answered any more, and what `ReadIntake` throws */
  async run(who: SiteMember, id: string, asked: Asked, topic: Topic): Promise<OpenedTopic> {
    const days = await this.days.run(who, id);
    const written = days.isReadOnly ? (topic.shownPaths ?? []) : [];
    const paths = [...topic.fieldPaths, ...written, ...peopleOf(topic), ...NAME_FIELDS];
    const read = await this.read.run(who, id, paths, 'prepare').catch((refused: unknown) => {
      throw Object.keys(days.due).length > 0 ? withRest(refused, id) : refused;
    });
    const declared = fieldsOf(topic);
    const fields = declared.filter((field) => canBeAnswered(field.class, read));
    if (fields.length === 0) throw gone(declared, read);
    return { ...asked, topic, fields, read, days };
  }
}

export function fieldsOf({ fieldPaths }: Topic): readonly FieldDeclaration[] {
  return fieldPaths.map((path) => catalogue.byPath(path)!);
}

/** What a topic asks, and behind it what the service has written of it. */
export function fieldsShown({ fieldPaths, shownPaths = [] }: Topic): readonly FieldDeclaration[] {
  return [...fieldPaths, ...shownPaths].map((path) => catalogue.byPath(path)!);
}

/** A page that asks something of each person has to know who is there, and a list of people is only saved whole. */
function peopleOf(topic: Topic): readonly string[] {
  return asksOfPeople(topic) ? ['household'] : [];
}

export function asksOfPeople({ fieldPaths }: Topic): boolean {
  return fieldPaths.some((path) => path.startsWith('household.'));
}

/** Of an intake of which something lives: where that is read. */
function withRest(refused: unknown, id: string): unknown {
  if (!(refused instanceof Refusal) || (refused.code !== 'DESTROYED' && refused.code !== 'PRESERVED')) return refused;
  return new Refusal(refused.code, refused.message, { ...refused.details, rest: restOf(id) });
}

function restOf(id: string): string {
  return `${intakePath(id)}/review`;
}

function gone(fields: readonly FieldDeclaration[], { id, destroyed }: ReadAnswers): Refusal {
  const days = Object.fromEntries(Object.entries(destroyed).filter(([name]) => fields.some((field) => field.class === name)));
  return Object.keys(days).length === 0
    ? new Refusal('PRESERVED', 'These answers are past their date and kept under a legal hold.', { rest: restOf(id) })
    : new Refusal('DESTROYED', 'These answers have been destroyed.', { destroyed: days, rest: restOf(id) });
}
