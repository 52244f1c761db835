import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { catalogue } from '../../src/catalogue/catalogue.js';
import type { FieldDeclaration } from '../../src/catalogue/field-declaration.js';
import { TOPICS } from '../../src/catalogue/topics.js';
import { answersToForm } from '../../src/web/form/answers-to-form.js';
import { askedInputs } from '../../src/web/form/asked-input.js';
import { formToAnswers, isDate, namesOf, withPeople } from '../../src/web/form/form-to-answers.js';
import { inputsOf } from './sample-intake.js';

/** Any answer of a field as the API gives it out; text is trimmed there. */
function answerOf(field: FieldDeclaration): fc.Arbitrary<string | number | boolean> {
  if (field.type === 'boolean') return fc.boolean();
  if (isDate(field)) {
    return fc.date({ min: new Date('1890-01-01'), max: new Date('2026-11-22'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10));
  }
  if (field.kind === 'year') return fc.integer({ min: 1890, max: 2026 });
  if (field.type === 'number') return fc.integer({ min: 0, max: 12 });
  if (field.choices !== undefined) return fc.constantFrom(...field.choices.map(({ value }) => value));
  return fc.string({ unit: 'grapheme', minLength: 1 }).map((text) => text.trim().replace(/\r\n?/g, '\n')).filter((text) => text !== '');
}

/** A topic with people at some positions and an answer, or none, to each of its questions. */
const filledTopic = fc.constantFrom(...TOPICS).chain(({ id }) =>
  fc.uniqueArray(fc.integer({ min: 0, max: 11 }), { minLength: 1, maxLength: 3 }).chain((positions) => {
    const inputs = inputsOf(id, positions);
    return fc
      .tuple(...inputs.map(({ field }) => fc.option(answerOf(catalogue.byPath(field.path)!), { nil: undefined })))
      .map((answers) => ({ inputs, positions, answers }));
  }),
);

function nested(inputs: ReturnType<typeof inputsOf>, answers: readonly unknown[]): Record<string, Record<string, unknown>> {
  const whole: Record<string, Record<string, unknown>> = {};
  inputs.forEach(({ path }, at) => {
    if (answers[at] === undefined) return;
    const [group = '', ...rest] = path.split('.');
    const holder = (whole[group] ??= {});
    if (rest.length === 1) holder[rest[0]!] = answers[at];
    else ((holder[rest[0]!] ??= {}) as Record<string, unknown>)[rest[1]!] = answers[at];
  });
  return whole;
}

describe('a form and the answers in it', () => {
  it('gives back every answer that was shown and null for every blank', () => {
    fc.assert(
      fc.property(filledTopic, ({ inputs, answers }) => {
        const shown = answersToForm(inputs, nested(inputs, answers));
        const sent = Object.fromEntries(inputs.flatMap(({ path, field }) => namesOf(path, field).map((name) => [name, shown[name] ?? ''])));
        const { groups, people } = formToAnswers(inputs, { ...sent, _csrf: 'x', version: '3', next: 'topic' });
        inputs.forEach(({ path, field }, at) => {
          const holder = field.group === 'household' ? people.get(Number(path.split('.')[1])) : groups[field.group];
          expect(holder?.[field.name]).toBe(answers[at] ?? null);
        });
      }),
    );
  });

  it('shows again exactly what was typed, whatever it was', () => {
    const [firstName] = askedInputs([catalogue.byPath('taxpayer.firstName')!]);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }).map((text) => text.trim().replace(/\r\n?/g, '\n')), (text) => {
        const { groups } = formToAnswers([firstName!], { 'taxpayer.firstName': text });
        expect(groups['taxpayer']?.['firstName']).toBe(text === '' ? null : text);
      }),
    );
  });

  it('leaves alone what the form did not send', () => {
    expect(formToAnswers(inputsOf('you'), { 'taxpayer.firstName': 'Ana' }).groups).toEqual({ taxpayer: { firstName: 'Ana' } });
  });

  it.each([
    ['a field of another topic', { 'spouse.firstName': 'Ana' }],
    ['a person who is not on the page', { 'household.7.firstName': 'Ana' }],
    ['an unknown field', { 'taxpayer.usCitizen': 'yes' }],
    ['a name that reaches for the prototype', JSON.parse('{"__proto__":"x"}') as Record<string, unknown>],
    ['a part of a date that is not asked', { 'taxpayer.dateOfBirth.hour': '3' }],
  ])('refuses %s, without repeating its name', (_what, body) => {
    const refused = refusalOf(() => formToAnswers(inputsOf('you'), body));
    expect(refused).toMatchObject({ code: 'BAD_REQUEST' });
    expect(refused.message).not.toContain(Object.keys(body)[0]);
  });

  it('refuses a field that came twice', () => {
    expect(refusalOf(() => formToAnswers(inputsOf('you'), { 'taxpayer.firstName': ['Ana', 'Eva'] }))).toMatchObject({ code: 'BAD_REQUEST' });
  });

  it.each([
    [{ month: '4', day: '5', year: '1985' }, '1985-04-05'],
    [{ month: '12', day: '05', year: '1985' }, '1985-12-05'],
    [{ month: '4', day: '', year: '1985' }, '1985-04-'],
    [{ month: '', day: '5', year: '85' }, '85--05'],
    [{ month: '', day: ' ', year: '' }, null],
  ])('reads the date %j as %s', ({ month, day, year }, expected) => {
    const path = 'taxpayer.dateOfBirth';
    const { groups } = formToAnswers(inputsOf('you'), { [`${path}.month`]: month, [`${path}.day`]: day, [`${path}.year`]: year });
    expect(groups['taxpayer']?.['dateOfBirth']).toBe(expected);
  });

  it('keeps as text what is no number, for the catalogue to refuse with its reason', () => {
    const { groups } = formToAnswers(inputsOf('income'), { 'situation.incomeWagesJobs': 'two', 'situation.incomeWages': 'perhaps' });
    expect(groups['situation']).toEqual({ incomeWagesJobs: 'two', incomeWages: 'perhaps' });
  });

  it('takes lines apart as people see them, not as browsers send them', () => {
    expect(formToAnswers(inputsOf('notes'), { 'notes.text': ' one\r\ntwo\r\n' }).groups).toEqual({ notes: { text: 'one\ntwo' } });
  });
});

describe('withPeople', () => {
  it('puts a person’s answers into their place and leaves the others as they were', () => {
    const household = [{ firstName: 'Ana', monthsLivedInHome: 12 }, { firstName: 'Eva' }];
    const people = new Map([[0, { monthsLivedInHome: null }], [2, { firstName: 'Li' }]]);
    expect(withPeople(household, people)).toEqual([{ firstName: 'Ana', monthsLivedInHome: null }, { firstName: 'Eva' }, { firstName: 'Li' }]);
  });
});

function refusalOf(work: () => unknown): Error {
  try {
    work();
  } catch (problem) {
    return problem as Error;
  }
  throw new Error('nothing was refused');
}
