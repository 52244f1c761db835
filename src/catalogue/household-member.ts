import { Field } from './field.js';
import { column, intakeSheet, SITE_PRACTICE } from './questions/boxes.js';
import * as ask from './questions/person.js';

const SHEET = intakeSheet(1);
const FULL_NAME = [column('nameFirstLast')];

/**
 * One of the other people of the home, or someone supported elsewhere: a row of the table on page 1 of the form.
 * Everything is in the class `household` but the two numbers, which are joined to the person by the slot.
 */
export class HouseholdMember {
  @Field({ ...ask.FIRST_NAME, class: 'household', source: SHEET, boxes: FULL_NAME })
  firstName?: string;

  @Field({ ...ask.MIDDLE_INITIAL, class: 'household', source: SITE_PRACTICE, boxes: FULL_NAME })
  middleInitial?: string;

  @Field({ ...ask.LAST_NAME, class: 'household', source: SHEET, boxes: FULL_NAME })
  lastName?: string;

  @Field({ ...ask.SUFFIX, class: 'household', source: SITE_PRACTICE, boxes: FULL_NAME })
  suffix?: string;

  @Field({ ...ask.DATE_OF_BIRTH, class: 'household', source: SHEET, boxes: [column('dateOfBirth')] })
  dateOfBirth?: string;

  @Field({
    kind: 'text',
    maxCharacters: 64,
    class: 'household',
    label: { en: 'Relationship to the taxpayer', es: 'Parentesco con el contribuyente' },
    hint: { en: 'For example child, parent or not related.', es: 'Por ejemplo, hijo, madre o sin parentesco.' },
    why: {
      en: 'Credits depend on how the person is related to you.',
      es: 'Los créditos dependen del parentesco de la persona con usted.',
    },
    source: SHEET,
    boxes: [column('relationshipToYou')],
  })
  relationship?: string;

  @Field({
    kind: 'monthCount',
    class: 'household',
    label: { en: 'Months lived in your home during the year', es: 'Meses que vivió en su hogar durante el año' },
    hint: {
      en: '0 to 12. Count time away at school or in hospital as time at home.',
      es: 'De 0 a 12. El tiempo fuera por estudios u hospital cuenta como tiempo en casa.',
    },
    why: {
      en: 'Most credits for a child need more than half the year.',
      es: 'Casi todos los créditos por un hijo requieren más de medio año.',
    },
    source: SHEET,
    boxes: [column('monthsLivedHome')],
  })
  monthsLivedInHome?: number;

  @Field({
    kind: 'boolean',
    class: 'household',
    label: { en: 'Married on the last day of the year', es: 'Casado o casada el último día del año' },
    why: {
      en: 'A married person can seldom be someone else’s dependent.',
      es: 'Una persona casada rara vez puede ser dependiente de otra.',
    },
    source: SHEET,
    boxes: [column('singleMarried')],
  })
  married?: boolean;

  @Field({ ...ask.FULL_TIME_STUDENT, kind: 'boolean', class: 'household', source: SHEET, boxes: [column('fullTimeStudent')] })
  fullTimeStudent?: boolean;

  @Field({
    ...ask.PERMANENTLY_DISABLED,
    kind: 'boolean',
    class: 'household',
    source: SHEET,
    boxes: [column('totallyPermanentlyDisabled')],
  })
  permanentlyDisabled?: boolean;

  @Field({
    ...ask.HAS_IDENTITY_PROTECTION_PIN,
    kind: 'boolean',
    class: 'household',
    source: SHEET,
    boxes: [column('issuedIPPIN')],
  })
  hasIdentityProtectionPin?: boolean;

  @Field(ask.TAXPAYER_ID)
  taxpayerId?: string;

  @Field(ask.IDENTITY_PROTECTION_PIN)
  identityProtectionPin?: string;
}
