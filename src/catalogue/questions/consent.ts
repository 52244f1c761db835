import type { FieldOptions, Source } from '../field-options.js';
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

export function textHash(form: Wording, source: Source) {
  return {
    kind: 'textHash',
    class: 'consents',
    label: { en: `${form.en}: SHA-256 of the text`, es: `${form.es}: SHA-256 del texto` },
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
