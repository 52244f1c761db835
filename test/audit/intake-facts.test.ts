import { describe, expect, it } from '@jest/globals';
import { canonicalJson } from '../../src/audit/canonical-json.js';
import { factsForLog, factsFromLog, type IntakeFacts } from '../../src/audit/intake-facts.js';
import { day } from '../../src/platform/clock.js';

const OPEN: IntakeFacts = {
  taxYear: 2026,
  filingYear: 2027,
  createdDay: day('2027-02-10'),
  touchedDay: day('2027-02-11'),
  stage: 'open',
  preparedDay: null,
  acceptedDay: null,
  doneDay: null,
  listedDay: null,
  erasedDay: null,
  consentsGiven: false,
  consentsNamed: false,
};

describe('the facts of an intake in the log', () => {
  it.each<[string, IntakeFacts]>([
    ['fresh', OPEN],
    ['done', { ...OPEN, stage: 'done', preparedDay: day('2027-02-12'), acceptedDay: day('2027-02-20'), doneDay: day('2027-02-21'), consentsGiven: true }],
    ['erased', { ...OPEN, erasedDay: day('2027-02-12') }],
  ])('come back as they went in: %s', (_, facts) => {
    expect(factsFromLog(JSON.parse(canonicalJson(factsForLog(facts))))).toEqual(facts);
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['a fact left out', { ...factsForLog(OPEN), createdDay: undefined }],
    ['one more', { ...factsForLog(OPEN), lastName: 'Rivera' }],
    ['a stage that there is not', { ...factsForLog(OPEN), stage: 'lost' }],
    ['no day', { ...factsForLog(OPEN), doneDay: 'soon' }],
  ])('are none with %s', (_, logged) => {
    expect(factsFromLog(logged)).toBeUndefined();
  });
});
