import { describe, expect, it } from '@jest/globals';
import { TOPICS } from '../../src/catalogue/topics.js';
import { topicSections } from '../../src/web/form/topic-sections.js';
import { renderPage } from '../../src/web/shell/render-page.js';
import { inputsOf } from './sample-intake.js';
import { SAMPLES } from './sample-pages.js';

describe('the headings of a topic', () => {
  it.each(TOPICS)('stand once each: $id', ({ id }) => {
    const headings = topicSections(inputsOf(id, [0])).map(({ heading, position }) => `${heading.en} ${position ?? ''}`);
    expect(headings).toEqual([...new Set(headings)]);
  });

  it('do not part the language of letters from the question whether to write in it', () => {
    const sections = topicSections(inputsOf('refund')).map(({ heading, inputs }) => [heading.en, inputs.map(({ path }) => path)]);
    expect(sections).toEqual([
      ['Refund and payment', ['situation.refundMethod', 'situation.refundOther', 'situation.balanceDueMethod']],
      ['Letters from the IRS', ['taxpayer.wantsLettersInAnotherLanguage', 'spouse.wantsLettersInAnotherLanguage', 'situation.lettersLanguage']],
      ['Election campaign fund', ['taxpayer.wantsElectionFund', 'spouse.wantsElectionFund']],
    ]);
  });

  it('leave it to the questions to say whom they are about, where both spouses are asked under one', () => {
    const { shell, page, object } = SAMPLES.find(({ name }) => name === 'topic refund')!;
    const legends = [...renderPage(shell, page, object).matchAll(/<legend[^>]*>([^<]*language[^<]*)</g)].map(([, legend]) => legend);
    expect(legends).toEqual([
      'You: Wants letters from the IRS in a language other than English',
      'Your spouse: Wants letters from the IRS in a language other than English',
    ]);
  });
});
