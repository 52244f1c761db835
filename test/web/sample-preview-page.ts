import { RETENTION_CLASSES } from '../../src/catalogue/retention-class.js';
import { addDays, day } from '../../src/platform/clock.js';
import type { LivingOn } from '../../src/retention/foresee.js';
import type { HeldOverTime } from '../../src/retention/preview.js';
import { drawLiving } from '../../src/web/plots/draw-living.js';
import type { CalendarRow } from '../../src/web/pages/preview-calendar.js';
import { previewPage } from '../../src/web/pages/preview-page.js';
import type { Language } from '../../src/web/words/language.js';
import { heldByInWords, reasonInWords } from '../../src/web/words/preview-words.js';
import type { Shell } from '../../src/web/shell/shell.js';
import { LONG_MEMBER, LONG_SITE } from './long-names.js';
import { sample } from './sample.js';

const AUDITOR: Shell = {
  ...{ language: 'en', path: '/retention/preview', timeZone: 'America/New_York', csrf: 'sample-csrf-value', demonstration: false },
  member: { name: LONG_MEMBER, role: 'auditor', siteName: LONG_SITE, organisationWide: false },
};
const TODAY = day('2027-05-14');
const TOMORROW = addDays(TODAY, 1);

/** A season that filled up and empties. */
const OVER_TIME: HeldOverTime = {
  today: TODAY,
  past: Array.from({ length: 90 }, (_, at) => living(at - 90, (at + 1) * 12)),
  coming: [living(0, 1100), ...Array.from({ length: 90 }, (_, at) => living(at + 1, Math.max(40, 1063 - at * 37)))],
};

function living(days: number, intakes: number): LivingOn {
  const classes = RETENTION_CLASSES.map((name, at) => [name, Math.round(intakes / (name === 'credentials' ? 7 : 1 + at / 20))]);
  return { day: addDays(TODAY, days), classes: Object.fromEntries(classes) };
}

const CALENDAR: readonly CalendarRow[] = [0, 1, 9].map((days) => ({
  day: addDays(TOMORROW, days),
  destroyed: [{ intakes: 1204, classes: ['contact', 'identity', 'address'] }, { intakes: 1, classes: ['notes'] }],
  held: days === 0 ? [{ intakes: 3, classes: ['identity', 'notes'] }] : [],
}));
const UNTOUCHED = reasonInWords({ rule: 'untouched', from: addDays(TODAY, -29), days: 30, day: TOMORROW });
const DIFFERS = reasonInWords({ rule: 'differs', day: TOMORROW, expected: { rule: 'done', from: TODAY, days: 30, day: addDays(TODAY, 30) } });

export const PREVIEW_SAMPLE = sample('preview', AUDITOR, previewPage, {
  siteName: LONG_SITE,
  policyVersion: 3,
  mayPropose: true,
  foreseen: { when: 'tonight', asOf: TOMORROW, intakes: 1204, classes: ['contact', 'identity', 'address', 'household', 'situation'], held: 3 },
  dateInDoubt: true,
  typed: '2027-02-31',
  problems: [{ path: 'asOf', reason: { en: 'Choose today or a day within the next 400 days.', es: 'Elija hoy o un día dentro de los próximos 400 días.' } }],
  classes: RETENTION_CLASSES.map((name) => ({ class: name, destroyed: 1204, held: 3, kept: 12_004, asked: name !== 'documents' })),
  intakes: {
    rows: [
      {
        id: '0b54cb1c-6d2b-4a0e-9f35-3a1f20a9f0aa',
        groups: [
          { classes: ['contact', 'identity', 'address', 'household', 'situation'], day: TOMORROW, reason: UNTOUCHED },
          { classes: ['notes'], day: TOMORROW, reason: DIFFERS },
        ],
      },
      { id: '6f8f57aa-0f6c-4dd8-8d6b-1c86fb37c0d1', groups: [{ classes: ['identity'], day: TODAY, reason: UNTOUCHED, held: heldByInWords(['classes', 'created', 'intakes']) }] },
    ],
    more: '/retention/preview?asOf=2027-05-15',
    first: '/retention/preview?asOf=2027-05-15',
  },
  calendar: CALENDAR,
  overTime: {
    points: [...OVER_TIME.past, ...OVER_TIME.coming].filter((_, at) => at % 7 === 6),
    now: TODAY,
    pictures: { narrow: '/sample-plot/narrow.svg', wide: '/sample-plot/wide.svg' },
  },
});

/** The pictures of the sample, as the page's own route would draw them. */
export function samplePlot(width: string, language: Language = 'en'): string {
  return drawLiving(OVER_TIME, width === 'wide.svg' ? 'wide' : 'narrow', language);
}
