import type { Day } from '../platform/clock.js';
import { Refusal } from '../platform/refusal.js';
import { ANSWER_KINDS, type AnswerValue } from './answer-kinds.js';
import { type AnswersPatch, HOUSEHOLD_SLOTS, isAnswerGroup } from './answers.js';
import { catalogue } from './catalogue.js';
import type { FieldDeclaration } from './field-declaration.js';
import { findNeverStored } from './find-never-stored.js';
import { isBlank } from './free-text.js';
import { PROBLEMS } from './problems.js';
import { PREPARER_LIST, type CollectedClasses } from './retention-class.js';
import { safeName } from './safe-name.js';
import type { Wording } from './wording.js';

export type { AnswersPatch };

export interface ParsingRules {
  /** What this site has switched on; and whether this intake is on a preparer's list, or comes onto it with what is read. */
  readonly collect: CollectedClasses & { readonly [PREPARER_LIST]?: boolean };
  /** Numbers of group 00: the demonstration and tests only. */
  readonly allowNeverIssued: boolean;
  /** In the site's time zone: no date may lie after it. */
  readonly today: Day;
}

/** One answer that was not taken, and how to mend it. Holds no value. */
export interface AnswerProblem {
  /** `household.0.firstName` */
  readonly path: string;
  readonly reason: Wording;
}

type Values = Record<string, AnswerValue | null>;

/** No error names more than these: a request of nothing but unknown keys gets a short answer. */
const MOST_NAMED = 200;

/**
 * Reads the answers that a client sent, for a new intake or a change of one. Everything comes back in the one way it is
 * kept; null and blank texts come back as null, which clears. Nothing is required.
 *
 * The input is attacker-controlled: only own keys of plain objects are looked at, and only declared ones are copied.
 * Refuses NEVER_STORED before NOT_COLLECTED before INVALID_ANSWERS, each with the paths of all such answers in `fields`
 * and, for pages, what is wrong with each in `problems`. Clearing what is not collected is allowed; what the service alone writes
 * can be cleared with its whole group, and not by itself.
 */
export function parseAnswers(input: unknown, rules: ParsingRules): AnswersPatch {
  const reading = new AnswerReading(rules);
  const patch = reading.everything(input);
  refuseAny(
    'NEVER_STORED',
    'Some of this is asked in person and never stored.',
    findNeverStored(input).map(because(PROBLEMS.neverStored)),
  );
  refuseAny(
    'NOT_COLLECTED',
    'This site does not collect some of this.',
    reading.notCollected.map(because(PROBLEMS.notCollected)),
  );
  refuseAny('INVALID_ANSWERS', 'Some answers could not be taken.', reading.invalid);
  return patch;
}

/** One pass over one input; collects what is wrong on the way. */
class AnswerReading {
  readonly notCollected: string[] = [];
  readonly invalid: AnswerProblem[] = [];

  constructor(private readonly rules: ParsingRules) {}

  everything(input: unknown): AnswersPatch {
    const patch: Record<string, unknown> = {};
    if (!isPlainObject(input)) {
      this.refuse('answers', PROBLEMS.group);
      return patch;
    }
    for (const [group, value] of Object.entries(input)) {
      if (!isAnswerGroup(group)) this.refuse(safeName(group), PROBLEMS.notAsked);
      else if (value === null) patch[group] = null;
      else if (value !== undefined) patch[group] = group === 'household' ? this.people(value) : this.group(group, group, value);
    }
    return patch;
  }

  private people(value: unknown): Values[] {
    if (Array.isArray(value) && value.length <= HOUSEHOLD_SLOTS) {
      return Array.from(value as unknown[], (person, at) => this.group('household', `household.${at}`, person));
    }
    this.refuse('household', PROBLEMS.people);
    return [];
  }

  private group(group: string, place: string, value: unknown): Values {
    const values: Values = {};
    if (!isPlainObject(value)) {
      this.refuse(place, PROBLEMS.group);
      return values;
    }
    for (const [name, answer] of Object.entries(value)) {
      const field = catalogue.byPath(`${group}.${name}`);
      if (field === undefined) this.refuse(`${place}.${safeName(name)}`, PROBLEMS.notAsked);
      else if (field.byService && answer !== undefined) this.refuse(`${place}.${name}`, PROBLEMS.byService);
      else if (answer !== undefined) this.answer(field, `${place}.${name}`, answer, values);
    }
    return values;
  }

  private answer(field: FieldDeclaration, path: string, answer: unknown, values: Values): void {
    if (answer === null || (typeof answer === 'string' && isBlank(answer))) {
      values[field.name] = null;
      return;
    }
    if (!this.isCollected(field)) this.notCollected.push(path);
    const reading = ANSWER_KINDS[field.kind].read(answer, field.options, this.rules);
    if ('problem' in reading) this.refuse(path, reading.problem);
    else values[field.name] = reading.value;
  }

  private isCollected(field: FieldDeclaration): boolean {
    const { collect } = this.rules;
    if (field.class === PREPARER_LIST) return collect[PREPARER_LIST] === true;
    return field.class in collect ? collect[field.class as keyof CollectedClasses] : true;
  }

  private refuse(path: string, reason: Wording): void {
    this.invalid.push({ path, reason });
  }
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function because(reason: Wording): (path: string) => AnswerProblem {
  return (path) => ({ path, reason });
}

function refuseAny(
  code: 'NEVER_STORED' | 'NOT_COLLECTED' | 'INVALID_ANSWERS',
  message: string,
  found: readonly AnswerProblem[],
): void {
  if (found.length === 0) return;
  const problems = found.slice(0, MOST_NAMED);
  throw new Refusal(code, message, { fields: [...new Set(problems.map(({ path }) => path))], problems });
}
