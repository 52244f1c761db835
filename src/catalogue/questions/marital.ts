import type { FieldOptions } from '../field-options.js';
import { intakeSheet, ticked, written } from './boxes.js';

/** Page 1: marital status on the last day of the year, and the one question about states. */
const STATUS = 'maritalStatus[0]';

export const MARITAL_STATUS = {
  kind: 'choice',
  choices: [
    { value: 'single', label: { en: 'Never married', es: 'Nunca se ha casado' } },
    { value: 'married', label: { en: 'Married', es: 'Casado o casada' } },
    { value: 'divorced', label: { en: 'Divorced', es: 'Divorciado o divorciada' } },
    { value: 'separated', label: { en: 'Legally separated but not divorced', es: 'Con separación legal, pero sin divorcio' } },
    { value: 'widowed', label: { en: 'Widowed', es: 'Viudo o viuda' } },
  ],
  class: 'situation',
  label: { en: 'Marital status on the last day of the year', es: 'Estado civil el último día del año' },
  why: { en: 'It decides how the return may be filed.', es: 'De él depende cómo se puede presentar la declaración.' },
  source: intakeSheet(1),
  boxes: [
    ticked(1, `${STATUS}.statusNeverMarried[0]`, 'single'),
    ticked(1, `${STATUS}.statusMarried[0]`, 'married'),
    ticked(1, `${STATUS}.statusDivorced[0].statusDivorced[0]`, 'divorced'),
    ticked(1, `${STATUS}.statusLegallySeparated[0].statusLegallySeparated[0]`, 'separated'),
    ticked(1, `${STATUS}.statusWidowed[0].statusWidowed[0]`, 'widowed'),
  ],
} as const satisfies FieldOptions;

export const MARRIED_ON_LAST_DAY = {
  kind: 'boolean',
  class: 'situation',
  label: {
    en: 'If married: married on the last day of the year',
    es: 'Si está casado o casada: lo estaba el último día del año',
  },
  why: { en: 'That day counts for the whole year.', es: 'Ese día cuenta para todo el año.' },
  source: intakeSheet(1),
  boxes: [ticked(1, `${STATUS}.lastDay[0].lastDayYes[0]`, true), ticked(1, `${STATUS}.lastDay[0].lastDayNo[0]`, false)],
} as const satisfies FieldOptions;

export const LIVED_APART = {
  kind: 'boolean',
  class: 'situation',
  label: {
    en: 'Lived apart from your spouse for all of the last six months of the year',
    es: 'Vivió separado o separada de su cónyuge durante los últimos seis meses del año',
  },
  why: {
    en: 'A parent who lived apart may be able to file as head of household.',
    es: 'Un padre o una madre que vivió aparte quizás pueda declarar como cabeza de familia.',
  },
  source: intakeSheet(1),
  boxes: [ticked(1, `${STATUS}.liveApart[0].liveApartYes[0]`, true), ticked(1, `${STATUS}.liveApart[0].liveApartNo[0]`, false)],
} as const satisfies FieldOptions;

export const DIVORCE_DATE = {
  kind: 'date',
  class: 'situation',
  label: { en: 'If divorced: date of the final decree', es: 'Si está divorciado o divorciada: fecha de la sentencia definitiva' },
  why: { en: 'It tells for which years you count as unmarried.', es: 'Indica en qué años cuenta usted como no casado o casada.' },
  source: intakeSheet(1),
  boxes: [written(1, `${STATUS}.statusDivorced[0].dateFinalDecree[0]`)],
} as const satisfies FieldOptions;

export const SEPARATION_DATE = {
  kind: 'date',
  class: 'situation',
  label: {
    en: 'If legally separated: date of the separate maintenance decree',
    es: 'Si tiene separación legal: fecha de la sentencia de manutención por separación',
  },
  why: { en: 'It tells for which years you count as unmarried.', es: 'Indica en qué años cuenta usted como no casado o casada.' },
  source: intakeSheet(1),
  boxes: [written(1, `${STATUS}.statusLegallySeparated[0].dateSeparateDecree[0]`)],
} as const satisfies FieldOptions;

export const SPOUSE_DEATH_YEAR = {
  kind: 'year',
  class: 'situation',
  label: { en: 'If widowed: year of your spouse’s death', es: 'Si es viudo o viuda: año en que falleció su cónyuge' },
  why: {
    en: 'In that year and for two more, better rates may be allowed.',
    es: 'En ese año y los dos siguientes pueden aplicarse mejores tasas.',
  },
  source: intakeSheet(1),
  boxes: [written(1, `${STATUS}.statusWidowed[0].yearSpousesDeath[0]`)],
} as const satisfies FieldOptions;

export const SEVERAL_STATES = {
  kind: 'boolean',
  class: 'situation',
  label: {
    en: 'You or your spouse lived or worked in two or more states during the year',
    es: 'Usted o su cónyuge vivió o trabajó en dos o más estados durante el año',
  },
  why: { en: 'More than one state may need a return.', es: 'Puede hacer falta una declaración en más de un estado.' },
  source: intakeSheet(1),
  boxes: [ticked(1, 'liveWorkStates[0].liveWorkYes[0]', true), ticked(1, 'liveWorkStates[0].liveWorkNo[0]', false)],
} as const satisfies FieldOptions;
