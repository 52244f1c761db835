import type { AnswerValue } from '../../src/catalogue/answer-kinds.js';
import type { Answers } from '../../src/catalogue/answers.js';
import { catalogue } from '../../src/catalogue/catalogue.js';
import { answerAt } from '../../src/catalogue/cell-codec.js';
import type { RetentionClass } from '../../src/catalogue/retention-class.js';

type Values = Record<string, AnswerValue>;
type Loose = Record<string, Values | Values[]>;

/** The answers of one class, as JSON of the same shape; a person keeps their position. */
export function answersOfClass(answers: Answers, retentionClass: RetentionClass): Answers {
  const some: Loose = {};
  for (const cell of catalogue.cells(retentionClass)) {
    const value = answerAt(answers, cell);
    if (value !== undefined) placeIn(some, cell.field.group, cell.slot)[cell.field.name] = value;
  }
  return some as Answers;
}

/** The answers of several classes as one. @param wanted names without positions */
export function together(sections: readonly { readonly answers: Answers }[], wanted: (path: string) => boolean): Answers {
  const all: Loose = {};
  for (const { answers } of sections) {
    for (const [group, content] of Object.entries(answers as Loose)) {
      const people = Array.isArray(content) ? content : [content];
      people.forEach((values, slot) => {
        const into = placeIn(all, group, Array.isArray(content) ? slot : undefined);
        for (const [name, value] of Object.entries(values)) if (wanted(`${group}.${name}`)) into[name] = value;
      });
    }
  }
  return all as Answers;
}

function placeIn(answers: Loose, group: string, slot: number | undefined): Values {
  if (slot === undefined) return (answers[group] ??= {}) as Values;
  const people = (answers[group] ??= []) as Values[];
  while (people.length <= slot) people.push({});
  return people[slot]!;
}
