import { describe, expect, it } from '@jest/globals';
import { classesWritten } from '../../src/catalogue/classes-written.js';
import { consentsGiven } from '../../src/catalogue/consents.js';

const written = (patch: Parameters<typeof classesWritten>[0]) => [...classesWritten(patch)].sort();

describe('classes that a change writes', () => {
  it('are those of the answers it names, cleared ones included', () => {
    expect(written({})).toEqual([]);
    expect(written({ taxpayer: {} })).toEqual([]);
    expect(written({ taxpayer: { firstName: 'Ada', legallyBlind: null } })).toEqual(['identity', 'situation']);
    expect(written({ taxpayer: { taxpayerId: null } })).toEqual(['credentials']);
    expect(written({ household: [{ firstName: 'Bo', taxpayerId: '123-00-4567' }] })).toEqual(['credentials', 'household']);
    expect(written({ household: [] })).toEqual(['household']);
  });

  it('count numbers only where they are named', () => {
    expect(written({ spouse: null })).toEqual(['identity', 'situation']);
    expect(written({ household: null })).toEqual(['household']);
    expect(written({ bank: null })).toEqual(['credentials']);
  });
});

describe('a consent', () => {
  it('was given on a day, not by a version', () => {
    expect(consentsGiven({})).toBe(false);
    expect(consentsGiven({ consents: { form15080Version: '10-2025' } })).toBe(false);
    expect(consentsGiven({ consents: { form14446SpouseGivenOn: '2026-02-01' } })).toBe(true);
  });
});
