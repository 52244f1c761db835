import type { FieldOptions, Source } from '../field-options.js';
import { WHOLE_NAME } from '../whole-name.js';
import type { Wording } from '../wording.js';

/** What is kept of a consent that was *given*: which text it was, and when. The signed paper goes to the client. */
const WHY_CONSENT: Wording = {
  en: 'To show later that you agreed, to what, and when. No consent is needed to get help here.',
  es: 'Para poder mostrar después que usted aceptó, qué aceptó y cuándo. No hace falta para recibir ayuda aquí.',
};

export function version(form: Wording, source: Source) {
  return {
    kind: 'text',
    maxCharacters: 40,
    class: 'consents',
    label: { en: `${form.en}: version given`, es: `${form.es}: versión aceptada` },
    why: WHY_CONSENT,
    source,
  } as const satisfies FieldOptions;
}

/** No default follows from the version: which text a site printed under it, only the site knows. */
const TEXT_HASH_HINT: Wording = {
  en: 'It shows later exactly which wording was signed: 64 digits and letters from a to f, computed from the file of the form. Whoever keeps the forms at this site has it. It may be left blank.',
  es: 'Sirve para mostrar después qué texto exacto se firmó: 64 cifras y letras de la «a» a la «f», calculadas a partir del archivo del formulario. La tiene quien guarda los formularios en este centro. Puede dejarla en blanco.',
};

export function textHash(form: Wording, source: Source) {
  return {
    kind: 'textHash',
    class: 'consents',
    label: { en: `${form.en}: fingerprint of the text (SHA-256)`, es: `${form.es}: huella del texto (SHA-256)` },
    hint: TEXT_HASH_HINT,
    why: WHY_CONSENT,
    source,
  } as const satisfies FieldOptions;
}

export function givenOn(form: Wording, who: Wording, source: Source) {
  return {
    kind: 'date',
    class: 'consents',
    label: { en: `${form.en}: date ${who.en} agreed`, es: `${form.es}: fecha en que ${who.es} aceptó` },
    why: WHY_CONSENT,
    source,
  } as const satisfies FieldOptions;
}

const WHY_WHOSE: Wording = {
  en: 'A consent that is kept longer than the rest has to say whose it is. Nobody is asked for this: where this site keeps consents after the season, the name is taken from the other answers.',
  es: 'Un consentimiento que se guarda más tiempo que el resto tiene que decir de quién es. Esto no se pregunta: donde este centro guarda los consentimientos después de la temporada, el nombre se toma de las otras respuestas.',
};

/** Whose consents they are, once the names of the intake are gone. */
export function givenBy(label: Wording) {
  return {
    kind: 'name',
    maxCharacters: WHOLE_NAME,
    class: 'consents',
    since: 2,
    byService: true,
    label,
    why: WHY_WHOSE,
    source: { form: 'IRS Publication 4299' },
  } as const satisfies FieldOptions;
}
