import { describe, expect, it } from '@jest/globals';
import { checkNames, flawOfName } from '../../src/access/plain-name.js';
import { Refusal } from '../../src/platform/refusal.js';
import { nameProblems } from '../../src/web/form/text-problems.js';

const FORGING = ['Ada\nBo', 'Ada\r', 'Ada\u2028Bo', 'A\u0000', 'A\u001b[2J', 'A\u0085', '\u202eadA', 'A\u202a', 'A\u2066B', 'A\u2069', 'A\ud800'];
const BLANK = ['', '  ', '\u200b', '\u00ad\u200f', '\u3164'];
const NAMES = ['Ada', 'Ñusta O’Brien-Lee', '张伟', 'نور\u200f', 'क्\u200dष', 'م\u200cن', 'Pier Street 🏠'];

describe('the name of a person, a site or an organisation', () => {
  it.each(FORGING)('has no line break, control or override: %j', (name) => expect(flawOfName(name)).toBe('broken characters'));
  it.each(BLANK)('says something: %j', (name) => expect(flawOfName(name)).toBe('blank'));
  it.each(NAMES)('is what its bearer writes: %j', (name) => expect(flawOfName(name)).toBeUndefined());

  it('is refused by the field that holds it, and never by what it holds', () => {
    expect(() => checkNames({ site: 'Pier Street', name: 'Ada' })).not.toThrow();
    try {
      checkNames({ organisation: 'Harbor\nVolunteers', site: 'Pier Street', name: '\u202eadA' });
      throw new Error('it was taken');
    } catch (error) {
      expect(error).toBeInstanceOf(Refusal);
      expect(error).toMatchObject({ code: 'INVALID_INPUT', details: { fields: ['organisation', 'name'] } });
      expect((error as Refusal).message).not.toMatch(/Harbor|adA/);
    }
  });

  it('is refused by the pages in the same cases', () => {
    for (const name of [...FORGING, ...BLANK]) expect(nameProblems({ name }, ['name'])).toHaveLength(1);
    for (const name of NAMES) expect(nameProblems({ name }, ['name'])).toEqual([]);
  });
});
