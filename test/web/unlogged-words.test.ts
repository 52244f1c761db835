import { describe, expect, it } from '@jest/globals';
import { day } from '../../src/platform/clock.js';
import { CERTIFICATE_WORDS } from '../../src/web/words/certificate-words.js';
import { contextInWords } from '../../src/web/words/detail-words.js';
import { reasonInWords } from '../../src/web/words/preview-words.js';

describe('what is said of keys of which the log shows nothing', () => {
  it.each([
    ['on a certificate', CERTIFICATE_WORDS.unlogged],
    ['in the preview', reasonInWords({ rule: 'unrecorded', day: day('2027-05-10') })],
  ])('names both that may have come about: a start that broke off, and records out of an older backup (%s)', (_where, { en, es }) => {
    expect(en).toMatch(/(cut short|broke off), or the records came back from a backup/);
    expect(es).toMatch(/(se interrumpió|no se terminó de empezar), o los registros volvieron de una copia de seguridad/);
  });

  it('is that the log shows nothing of them, and nowhere that nothing was kept: the count stands beside what was kept, and may be 0', () => {
    expect(contextInWords({ counts: { shares: 3, unlogged: 0 } })).toEqual([
      { en: 'keys destroyed: 3', es: 'llaves destruidas: 3' },
      { en: 'of them, keys of which this log shows nothing: 0', es: 'de ellas, llaves de las que este registro no muestra nada: 0' },
    ]);
    expect(CERTIFICATE_WORDS.unlogged.en).toContain('of which the access log shows nothing');
    expect(CERTIFICATE_WORDS.unlogged.es).toContain('de las que el registro de accesos no muestra nada');
  });
});
