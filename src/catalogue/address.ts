import { Field } from './field.js';
import { intakeSheet, written } from './questions/boxes.js';
import type { Wording } from './wording.js';

const SHEET = intakeSheet(1);
const ON_THE_RETURN: Wording = {
  en: 'The return shows where the IRS should send letters and a check.',
  es: 'La declaración indica adónde debe enviar el IRS las cartas o un cheque.',
};

/** Where mail reaches the client; not where they sleep, which nobody asks. */
export class Address {
  @Field({
    kind: 'text',
    maxCharacters: 100,
    class: 'address',
    label: { en: 'Mailing address', es: 'Dirección postal' },
    hint: {
      en: 'Street and number, or a P.O. box. Use any address where mail reaches you.',
      es: 'Calle y número, o un apartado postal. Use cualquier dirección donde reciba correo.',
    },
    why: ON_THE_RETURN,
    source: SHEET,
    boxes: [written(1, 'mailingAddress[0]')],
  })
  street?: string;

  @Field({
    kind: 'text',
    maxCharacters: 32,
    class: 'address',
    label: { en: 'Apartment or unit', es: 'Apartamento o unidad' },
    why: ON_THE_RETURN,
    source: SHEET,
    boxes: [written(1, 'maillingApartmentNumber[0]')],
  })
  unit?: string;

  @Field({
    kind: 'text',
    maxCharacters: 64,
    class: 'address',
    label: { en: 'City', es: 'Ciudad' },
    why: ON_THE_RETURN,
    source: SHEET,
    boxes: [written(1, 'mailingCity[0]')],
  })
  city?: string;

  @Field({
    kind: 'state',
    class: 'address',
    label: { en: 'State, territory or military mail', es: 'Estado, territorio o correo militar' },
    why: {
      en: 'For the mail, and to know whether a state return is needed.',
      es: 'Para el correo y para saber si hace falta una declaración estatal.',
    },
    source: SHEET,
    boxes: [written(1, 'mailingState[0]')],
  })
  state?: string;

  @Field({
    kind: 'zip',
    class: 'address',
    label: { en: 'ZIP code', es: 'Código postal' },
    why: ON_THE_RETURN,
    source: SHEET,
    boxes: [written(1, 'mailingZIPCode[0]')],
  })
  zip?: string;
}
