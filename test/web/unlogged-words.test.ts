import { describe, expect, it } from '@jest/globals';
import { day } from '../../src/platform/clock.js';
import { CERTIFICATE_WORDS } from '../../src/web/words/certificate-words.js';
import { reasonInWords } from '../../src/web/words/preview-words.js';

describe('what is said of keys under which nothing is written', () => {
  it.each([
    ['on a certificate', CERTIFICATE_WORDS.unlogged],
    ['in the preview', reasonInWords({ rule: 'unrecorded', day: day('2027-05-10') })],
  ])('names both that may have come about: a start that broke off, and records out of an older backup (%s)', (_where, { en, es }) => {
    expect(en).toMatch(/(cut short|broke off), or the records came back from a backup/);
    expect(es).toMatch(/(se interrumpió|no se terminó de empezar), o los registros volvieron de una copia de seguridad/);
  });
});
