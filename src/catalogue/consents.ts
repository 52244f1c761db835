import { Field } from './field.js';
import type { Source } from './field-options.js';
import { givenBy, givenOn, textHash, version } from './questions/consent.js';
import { SITE_PRACTICE } from './questions/boxes.js';
import type { Wording } from './wording.js';

const CARRY_FORWARD: Wording = {
  en: 'Form 15080, data shared with other VITA/TCE sites next year',
  es: 'Formulario 15080, datos compartidos con otros centros VITA/TCE el próximo año',
};
const VIRTUAL: Wording = {
  en: 'Form 14446, help that is not in person',
  es: 'Formulario 14446, ayuda que no es en persona',
};
const OTHER: Wording = {
  en: 'Another consent to use or disclose (IRC 7216)',
  es: 'Otro consentimiento de uso o divulgación (sección 7216 del IRC)',
};
const TAXPAYER: Wording = { en: 'the taxpayer', es: 'el contribuyente' };
const SPOUSE: Wording = { en: 'the spouse', es: 'el cónyuge' };
const FORM_15080: Source = { form: 'Form 15080 (Oct. 2025)', page: 1 };
const FORM_14446: Source = { form: 'Form 14446 (Nov. 2023)', page: 1 };

/** Consents that were given. None is assumed: a blank means not given. */
export class Consents {
  @Field(version(CARRY_FORWARD, FORM_15080))
  form15080Version?: string;

  @Field(textHash(CARRY_FORWARD, FORM_15080))
  form15080TextHash?: string;

  @Field(givenOn(CARRY_FORWARD, TAXPAYER, FORM_15080))
  form15080GivenOn?: string;

  @Field(givenOn(CARRY_FORWARD, SPOUSE, FORM_15080))
  form15080SpouseGivenOn?: string;

  @Field(version(VIRTUAL, FORM_14446))
  form14446Version?: string;

  @Field(textHash(VIRTUAL, FORM_14446))
  form14446TextHash?: string;

  @Field(givenOn(VIRTUAL, TAXPAYER, FORM_14446))
  form14446GivenOn?: string;

  @Field(givenOn(VIRTUAL, SPOUSE, FORM_14446))
  form14446SpouseGivenOn?: string;

  @Field(version(OTHER, SITE_PRACTICE))
  other7216Version?: string;

  @Field(textHash(OTHER, SITE_PRACTICE))
  other7216TextHash?: string;

  @Field(givenOn(OTHER, TAXPAYER, SITE_PRACTICE))
  other7216GivenOn?: string;

  @Field(givenOn(OTHER, SPOUSE, SITE_PRACTICE))
  other7216SpouseGivenOn?: string;

  @Field(givenBy({ en: 'Name of the taxpayer who gave it', es: 'Nombre del contribuyente que lo dio' }))
  givenBy?: string;

  @Field(givenBy({ en: 'Name of the spouse who gave it', es: 'Nombre del cónyuge que lo dio' }))
  spouseGivenBy?: string;
}

/** Whether any consent was given, by either spouse: a version, a hash or a name alone is not one. */
export function consentsGiven({ consents }: { readonly consents?: Consents }): boolean {
  return Object.entries(consents ?? {}).some(([name, value]) => name.endsWith('GivenOn') && value !== undefined);
}
