import { Field } from './field.js';
import { intakeSheet, SITE_PRACTICE, written } from './questions/boxes.js';

/** How to reach the client, safely. It is the first thing to go once the return is done. */
export class Contact {
  @Field({
    kind: 'name',
    maxCharacters: 128,
    class: 'contact',
    label: { en: 'Name you would like us to use', es: 'Nombre que desea que usemos' },
    hint: { en: 'If it differs from the name on the return.', es: 'Si es distinto del nombre de la declaración.' },
    why: { en: 'So that we call you by the right name.', es: 'Para llamarle por el nombre correcto.' },
    source: SITE_PRACTICE,
  })
  preferredName?: string;

  @Field({
    kind: 'phone',
    class: 'contact',
    label: { en: 'Your telephone number', es: 'Su número de teléfono' },
    hint: { en: 'Ten digits, area code first.', es: 'Diez cifras, con el código de área.' },
    why: {
      en: 'So that the preparer can ask about a missing paper or say that the return is ready.',
      es: 'Para preguntarle por un documento que falte o avisarle de que la declaración está lista.',
    },
    source: intakeSheet(1),
    boxes: [written(1, 'yourTelephoneNumber[0]')],
  })
  phone?: string;

  @Field({
    kind: 'phone',
    class: 'contact',
    label: { en: 'Your spouse’s telephone number', es: 'Número de teléfono de su cónyuge' },
    hint: { en: 'Ten digits, area code first.', es: 'Diez cifras, con el código de área.' },
    why: {
      en: 'So that the preparer can reach the second person who signs.',
      es: 'Para poder comunicarnos con la segunda persona que firma.',
    },
    source: intakeSheet(1),
    boxes: [written(1, 'spousesTelephoneNumber[0]')],
  })
  spousePhone?: string;

  @Field({
    kind: 'email',
    maxCharacters: 254,
    class: 'contact',
    label: { en: 'E-mail address (optional)', es: 'Correo electrónico (opcional)' },
    why: { en: 'Another way to reach you if the telephone fails.', es: 'Otra forma de comunicarnos si el teléfono falla.' },
    source: intakeSheet(1),
    boxes: [written(1, 'yourEmailAddress[0]')],
  })
  email?: string;

  @Field({
    kind: 'text',
    maxCharacters: 40,
    class: 'contact',
    label: { en: 'Language you prefer to speak with us', es: 'Idioma en que prefiere hablar con nosotros' },
    why: {
      en: 'So that someone who speaks it, or an interpreter, calls you.',
      es: 'Para que le llame alguien que lo hable o un intérprete.',
    },
    source: SITE_PRACTICE,
  })
  preferredLanguage?: string;

  @Field({
    kind: 'text',
    maxCharacters: 200,
    refusesIdentifiers: true,
    class: 'contact',
    label: { en: 'Safest way to reach you', es: 'La forma más segura de comunicarnos con usted' },
    hint: {
      en: 'For example: text only, no voicemail, call after 6 p.m.',
      es: 'Por ejemplo: solo mensajes de texto, sin buzón de voz, llamar después de las 6 p. m.',
    },
    why: {
      en: 'Telephones are shared and messages are overheard: we follow what you say here.',
      es: 'Los teléfonos se comparten y otros pueden oír los mensajes: haremos lo que usted indique aquí.',
    },
    source: SITE_PRACTICE,
  })
  safeContact?: string;
}
