import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Site } from '../../src/access/site.js';
import { CLASSES_FROM_THE_START, RETENTION_CLASSES, type RetentionClass } from '../../src/catalogue/retention-class.js';
import { day } from '../../src/platform/clock.js';
import { DEFAULT_POLICY } from '../../src/retention/default-policy.js';
import { dueDays } from '../../src/retention/due-days.js';
import { checkLimits } from '../../src/retention/policy-limits.js';
import { parsePolicy, type ClassPolicy, type Policy, type Rule, type Trigger } from '../../src/retention/policy.js';
import { policyPageObject } from '../../src/web/controllers/policy-page-object.js';
import { policyPage } from '../../src/web/pages/policy-page.js';
import { renderPage } from '../../src/web/shell/render-page.js';
import { CLASS_WORDS } from '../../src/web/words/class-words.js';
import { NOBODY } from './sample-intake.js';

const SITE: Site = {
  ...{ id: 's1', name: 'Riverside', timeZone: 'America/Chicago', formerTimeZones: [], seasonEnd: day('2027-10-31'), pastSeasonEnds: [], regime: 'compensated' },
  ...{ collectCredentials: true, collectDocuments: true, collectNotes: true },
  ...{ opensAt: 480, closesAt: 1200, openDays: 127, manyIntakes: 20, readsWithoutChange: 10, failedSignIns: 5, refusedAttempts: 3 },
};
const LANGUAGES = ['en', 'es'] as const;
type Language = (typeof LANGUAGES)[number];

/** What a client reads of each trigger; the number of days is to stand behind it. */
const SAYS: Readonly<Record<Exclude<Trigger, 'season-end'> | 'cap' | 'untouched until prepared', Readonly<Record<Language, string>>>> = {
  done: { en: 'After the work is done', es: 'Después de terminar el trabajo' },
  prepared: { en: 'After the return is prepared', es: 'Después de preparar la declaración' },
  untouched: { en: 'If it is not done yet and nobody works on it', es: 'Si aún no está terminado y nadie trabaja en ello' },
  'untouched until prepared': { en: 'If the return is not prepared yet and nobody works on it', es: 'Si la declaración aún no está preparada y nadie trabaja en ello' },
  accepted: { en: 'After the IRS has accepted it', es: 'Después de que el IRS la acepte' },
  'consent-expiry': {
    en: 'After December 31 of the year after the season, when every consent of it has run out',
    es: 'Después del 31 de diciembre del año siguiente a la temporada, cuando todos sus consentimientos han vencido',
  },
  cap: { en: 'At most, from its start', es: 'Como máximo, desde su inicio' },
};
const AT_SEASON_END = { en: 'At the end of the season', es: 'Al final de la temporada' };

const days = fc.integer({ min: 1, max: 730 });
const rules: fc.Arbitrary<readonly Rule[]> = fc
  .uniqueArray(fc.record({ trigger: fc.constantFrom('done', 'prepared', 'untouched', 'accepted', 'season-end'), days }), { selector: ({ trigger }) => trigger, minLength: 1, maxLength: 5 })
  .map((all): readonly Rule[] => all.map((rule) => (rule.trigger === 'season-end' ? { trigger: 'season-end', days: 0 } : { ...rule, trigger: rule.trigger as Trigger })))
  .filter((all) => !all.some(({ trigger }) => trigger === 'untouched') || all.some(({ trigger }) => trigger === 'done' || trigger === 'prepared'));
const classPolicy: fc.Arbitrary<ClassPolicy> = fc.record({ rules, whileNoneGiven: rules, cap: days }, { requiredKeys: ['rules'] });
/** Consents that were given may be kept after they have run out. */
const kept: fc.Arbitrary<ClassPolicy> = fc
  .tuple(rules, rules, fc.integer({ min: 0, max: 1096 }))
  .map(([own, whileNoneGiven, left]) => ({ rules: [{ trigger: 'consent-expiry', days: left } as const, ...own.filter(({ trigger }) => trigger !== 'season-end')], whileNoneGiven }));
const policies: fc.Arbitrary<Policy> = fc.record({
  format: fc.constant(1 as const),
  classes: fc.record({ ...Object.fromEntries(CLASSES_FROM_THE_START.map((name) => [name, classPolicy])), consents: fc.oneof(classPolicy, kept) }) as fc.Arbitrary<Policy['classes']>,
  preparerList: fc.record({ years: fc.integer({ min: 3, max: 6 }) }),
  log: fc.record({ entriesMonths: fc.integer({ min: 24, max: 120 }), certificatesYears: fc.integer({ min: 6, max: 10 }) }),
});

function pageOf(policy: Policy, language: Language): string {
  const published = { ...parsePolicy(policy), version: 1, effectiveDay: day('2027-01-01') };
  const object = policyPageObject(SITE, false, { schedule: [published], withdrawn: [], inPlaceOf: new Map() }, day('2027-02-01'));
  return renderPage({ ...NOBODY, language }, policyPage, { ...object, otherSites: [], mayPropose: false });
}

/** The texts of the row of a class, one after the other. */
function rowOf(html: string, name: RetentionClass, language: Language): string {
  const row = html.split('<tr>').find((one) => one.includes(`>${CLASS_WORDS[name][language]}</th>`))!;
  return row.split('</tr>')[0]!.replace(/<[^>]*>/g, '|');
}

function counted(days: number, language: Language): string {
  return `${days} ${{ en: days === 1 ? 'day' : 'days', es: days === 1 ? 'día' : 'días' }[language]}`;
}

function expectSaid(row: string, all: readonly Rule[], language: Language): void {
  const isPreparing = all.some(({ trigger }) => trigger === 'prepared');
  for (const { trigger, days } of all) {
    const says = trigger === 'untouched' && isPreparing ? 'untouched until prepared' : trigger;
    const text = says === 'season-end' ? AT_SEASON_END[language] : `${SAYS[says][language]}: ${counted(days, language)}`;
    expect([row, row.includes(`|${text}|`)]).toEqual([row, true]);
  }
}

describe('the published policy’s page', () => {
  it('says everything that the policy says, whatever it is, in both languages', () => {
    fc.assert(
      fc.property(policies, (policy) => {
        checkLimits(policy);
        for (const language of LANGUAGES) {
          const html = pageOf(policy, language);
          for (const name of CLASSES_FROM_THE_START) {
            const { rules: given, whileNoneGiven = [], cap } = policy.classes[name];
            const row = rowOf(html, name, language);
            for (const all of [given, whileNoneGiven]) expectSaid(row, all, language);
            if (cap !== undefined) expect(row).toContain(`|${SAYS.cap[language]}: ${counted(cap, language)}|`);
          }
          const { preparerList, log } = policy;
          expect(rowOf(html, 'preparer_list', language)).toContain(language === 'en' ? `, ${preparerList!.years} years after` : `, ${preparerList!.years} años después`);
          expect(html.includes(language === 'en' ? `kept for ${preparerList!.years} years. Neither` : `durante ${preparerList!.years} años. No lo`)).toBe(preparerList!.years !== 3);
          expect(html).toContain(language === 'en' ? `kept for ${log.entriesMonths} months` : `se guardan ${log.entriesMonths} meses`);
          expect(html).toContain(language === 'en' ? `for ${log.certificatesYears} years at least` : `${log.certificatesYears} años como mínimo`);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('tells what holds while no consent was given from what holds once one was', () => {
    const row = rowOf(pageOf(DEFAULT_POLICY, 'en'), 'consents', 'en').replace(/\|+/g, '|');
    expect(row).toContain('|While no consent was given|After the work is done: 30 days|If it is not done yet and nobody works on it: 30 days|Once one was given|At the end of the season|');
  });

  it('says no shorter period of what is done, or prepared, than its day comes by', () => {
    const rulesOf = (end: 'done' | 'prepared') => ({ rules: [{ trigger: end, days: 60 }, { trigger: 'untouched', days: 30 }] as const });
    const policy: Policy = { ...DEFAULT_POLICY, classes: { ...DEFAULT_POLICY.classes, identity: rulesOf('done'), credentials: rulesOf('prepared') } };
    const on = day('2027-02-01');
    const over = { stage: 'done', preparedDay: on, acceptedDay: null, doneDay: on, listedDay: null, erasedDay: null, consentsGiven: false, consentsNamed: false };
    const due = dueDays(policy, { taxYear: 2026, filingYear: 2027, createdDay: on, touchedDay: on, ...over }, day('2027-10-31'));
    expect([due.get('identity'), due.get('credentials')]).toEqual(['2027-04-02', '2027-04-02']);
    const html = pageOf(policy, 'en');
    expect(rowOf(html, 'identity', 'en')).toContain('|If it is not done yet and nobody works on it: 30 days|');
    expect(rowOf(html, 'credentials', 'en')).toContain('|If the return is not prepared yet and nobody works on it: 30 days|');
  });

  it('has a row for each class, and words for no rule that a policy cannot have', () => {
    const html = pageOf(DEFAULT_POLICY, 'en');
    expect(RETENTION_CLASSES.every((name) => html.includes(`>${CLASS_WORDS[name].en}</th>`))).toBe(true);
    expect(html).not.toContain('consent runs out');
  });

  it.each(LANGUAGES)('keeps versions that were taken back in its history, with the day and the reason (%s)', (language) => {
    const first = { ...DEFAULT_POLICY, version: 1, effectiveDay: day('2026-01-05') };
    const second = { ...DEFAULT_POLICY, version: 2, effectiveDay: day('2026-06-01') };
    const withdrawn = { ...DEFAULT_POLICY, version: 3, effectiveDay: day('2027-04-01'), withdrawnAt: new Date('2027-02-02T03:00:00Z') };
    const object = policyPageObject(SITE, false, { schedule: [first, second], withdrawn: [withdrawn], inPlaceOf: new Map([[2, 4]]) }, day('2027-02-02'));
    expect(object.history.map(({ version, takenBack }) => [version, takenBack])).toEqual([[1, undefined], [3, '2027-02-01']]);
    const html = renderPage({ ...NOBODY, language }, policyPage, { ...object, otherSites: [], mayPropose: false }).replace(/<[^>]*>/g, '');
    expect(html).toContain(language === 'en' ? 'a legal hold put them in the place of version 4' : 'una orden de conservación puso estas reglas en lugar de la versión 4');
    expect(html).toContain(language === 'en' ? 'Version 3, announced for April 1, 2027, taken back' : 'Versión 3, anunciada para el 1 de abril de 2027, retirada');
    expect(html).toContain(language === 'en' ? 'It was taken back on February 1, 2027. A legal hold had been placed' : 'Se retiró el 1 de febrero de 2027. Se había puesto una orden de conservación');
  });
});
