import { describe, expect, it } from '@jest/globals';
import { catalogue } from '../../src/catalogue/catalogue.js';
import { FORM_13614_C } from '../../src/catalogue/form-13614-c.js';
import { NEVER_STORED_BOXES } from '../../src/catalogue/never-stored.js';
import { NOT_OURS_BOXES } from '../../src/catalogue/not-ours.js';
import { sharedJson } from './households.js';

describe('Form 13614-C', () => {
  it('has 297 boxes, each with one standing', () => {
    const declared = [...FORM_13614_C.values()].filter(({ standing }) => standing === 'declared').length;
    expect(FORM_13614_C.size).toBe(297);
    expect(declared + NEVER_STORED_BOXES.length + NOT_OURS_BOXES.length).toBe(297);
  });

  it('has the boxes of the IRS’s file, no more and no fewer', () => {
    const names = sharedJson<string[]>('forms/form-13614-c-2025-fields.json');
    if (names === undefined) return;
    expect([...FORM_13614_C.keys()].sort()).toEqual([...names].sort());
  });

  it('is covered: every answer that the form asks for moves a box', () => {
    const unasked = catalogue.fields.filter(({ source, boxes }) => source.form.startsWith('Form 13614-C') && boxes.length === 0);
    expect(unasked).toEqual([]);
  });

  it('has a tick for every choice, and a yes beside every no', () => {
    for (const { path, choices, boxes, kind } of catalogue.fields.filter((field) => field.boxes.length > 0)) {
      const whens = boxes.map(({ when }) => when);
      if (choices) expect({ path, whens: [...whens].sort() }).toEqual({ path, whens: choices.map(({ value }) => value).sort() });
      if (kind === 'boolean' && whens.includes(false)) expect(whens).toContain(true);
    }
  });

  it('ticks No for both spouses in one box', () => {
    const box = FORM_13614_C.get('form1[0].page1[0].youSpouseWereIn[0].column2[0].legallyBlind[0].legallyBlindNo[0]');
    expect(box?.standing === 'declared' && box.answers.map(({ path, when }) => [path, when])).toEqual([
      ['taxpayer.legallyBlind', false],
      ['spouse.legallyBlind', false],
    ]);
  });

  it('writes the first four people of the household into the table', () => {
    const box = FORM_13614_C.get('form1[0].page1[0].namesOf[0].Row4[0].nameFirstLast[0]');
    expect(box?.standing === 'declared' && box.answers.map(({ path }) => path)).toEqual([
      'household.3.firstName',
      'household.3.middleInitial',
      'household.3.lastName',
      'household.3.suffix',
    ]);
  });
});
