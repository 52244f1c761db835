import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from '../../../src/audit/canonical-json.js';
import { isFiledBy } from '../../../src/audit/verify/filed-by.js';

const [SITE, INTAKE, OTHER] = ['a1111111-1111-4111-8111-111111111111', 'b2222222-2222-4222-8222-222222222222', 'c3333333-3333-4333-8333-333333333333'];
const ids = fc.constantFrom(SITE, INTAKE, OTHER);
const subjects = fc.record(
  { site: ids, intake: ids, intakes: fc.array(ids, { maxLength: 3 }), classes: fc.array(fc.constantFrom('contact', ',"intake":"', '"}', '\\')), member: ids, aside: fc.record({ intake: ids, site: ids }) },
  { requiredKeys: [] },
);
const filings = fc.tuple(fc.constantFrom('', SITE, INTAKE, OTHER), fc.constantFrom('', SITE, INTAKE, OTHER));

/** By the book: the ids that parsing finds. */
function belongs(subject: string, filed: string): boolean {
  const { site, intake, intakes } = JSON.parse(subject) as { site?: string; intake?: string; intakes?: string[] };
  const only = intake ?? (intakes?.length === 1 ? intakes[0] : undefined);
  return filed === `${site ?? ''} ${only ?? ''}`;
}

describe('what an entry is filed under', () => {
  it('is what its subject says, parsed or not', () => {
    let filed = 0;
    fc.assert(
      fc.property(subjects, filings, (subject, [site, intake]) => {
        const own = `${subject.site ?? ''} ${subject.intake ?? ''}`;
        for (const columns of [`${site} ${intake}`, own]) {
          for (const text of [canonicalJson(subject), JSON.stringify(subject)]) {
            expect(isFiledBy(text, columns)).toBe(belongs(text, columns));
            if (isFiledBy(text, columns)) filed++;
          }
        }
      }),
      { numRuns: 1_000 },
    );
    expect(filed).toBeGreaterThan(100);
  });

  it('is not found in the texts of a subject, nor in an object inside it', () => {
    const end = `,"intake":"${INTAKE}","site":"${SITE}"}`;
    for (const subject of [{ note: end }, { note: end.slice(0, -2) }, { [`a${end}`]: 1 }, { aside: { a: 1, intake: INTAKE, site: SITE } }, { list: [{ a: 1, intake: INTAKE, site: SITE }] }]) {
      expect(isFiledBy(JSON.stringify(subject), `${SITE} ${INTAKE}`)).toBe(false);
    }
    expect(isFiledBy(JSON.stringify({ a: 1, intake: INTAKE, site: SITE }), `${SITE} ${INTAKE}`)).toBe(true);
  });

  it('is nothing where the subject is none', () => {
    for (const subject of ['', 'x', 'null', '{"site":', '7']) expect(isFiledBy(subject, `${SITE} ${INTAKE}`)).toBe(false);
  });

  it('is nothing where entry and parts are under two sites', () => {
    for (const subject of ['{}', '{"site":""}', '{"intake":""}', '']) expect(isFiledBy(subject, '')).toBe(false);
  });
});
