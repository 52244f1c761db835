import type { Wording } from '../wording.js';

/**
 * Questions that are the same for every person. The DTO that uses one adds its retention class, its source and its
 * boxes on the form: the same question about a child belongs to another class than about the taxpayer.
 */
interface Question {
  readonly label: Wording;
  readonly hint?: Wording;
  readonly why: Wording;
}

const SAME_AS_CARD: Wording = {
  en: 'As on the Social Security card or ITIN letter.',
  es: 'Como aparece en la tarjeta del Seguro Social o en la carta del ITIN.',
};
const NAME_MUST_MATCH: Wording = {
  en: 'The name on the return must match the card or letter, or the IRS sends the return back.',
  es: 'El nombre en la declaración debe coincidir con la tarjeta o la carta; si no, el IRS la devuelve.',
};

export const FIRST_NAME = {
  kind: 'name',
  maxCharacters: 128,
  label: { en: 'First or given name', es: 'Nombre' },
  hint: SAME_AS_CARD,
  why: NAME_MUST_MATCH,
} as const;

export const MIDDLE_INITIAL = {
  kind: 'name',
  maxCharacters: 32,
  label: { en: 'Middle initial', es: 'Inicial del segundo nombre' },
  why: NAME_MUST_MATCH,
} as const;

export const LAST_NAME = {
  kind: 'name',
  maxCharacters: 128,
  label: { en: 'Last or family name', es: 'Apellidos' },
  hint: {
    en: 'As on the Social Security card or ITIN letter. More than one is fine.',
    es: 'Como aparecen en la tarjeta del Seguro Social o en la carta del ITIN. Puede escribir más de uno.',
  },
  why: NAME_MUST_MATCH,
} as const;

export const SUFFIX = {
  kind: 'name',
  maxCharacters: 16,
  label: { en: 'Suffix', es: 'Sufijo' },
  hint: { en: 'For example Jr, Sr or III.', es: 'Por ejemplo, Jr, Sr o III.' },
  why: NAME_MUST_MATCH,
} as const;

export const DATE_OF_BIRTH = {
  kind: 'birthDate',
  label: { en: 'Date of birth', es: 'Fecha de nacimiento' },
  why: {
    en: 'Age decides the standard deduction and many credits, and the IRS checks it against the number.',
    es: 'De la edad dependen la deducción estándar y muchos créditos, y el IRS la compara con el número.',
  },
} as const;

export const JOB_TITLE = {
  kind: 'text',
  maxCharacters: 100,
  label: { en: 'Job title', es: 'Ocupación' },
  why: {
    en: 'The return has a line for it beside the signature.',
    es: 'La declaración tiene una línea para ella junto a la firma.',
  },
} as const;

export const FULL_TIME_STUDENT: Question = {
  label: { en: 'Full-time student during the year', es: 'Estudiante a tiempo completo durante el año' },
  hint: {
    en: 'Enrolled full time at a school in some part of five or more months.',
    es: 'Matriculado o matriculada a tiempo completo en alguna parte de cinco meses o más.',
  },
  why: {
    en: 'Being a full-time student changes who can be a dependent and which credits are allowed.',
    es: 'Estudiar a tiempo completo cambia quién puede ser dependiente y qué créditos se permiten.',
  },
};

export const LEGALLY_BLIND: Question = {
  label: { en: 'Legally blind', es: 'Legalmente ciego o ciega' },
  why: { en: 'It raises the standard deduction.', es: 'Aumenta la deducción estándar.' },
};

export const PERMANENTLY_DISABLED: Question = {
  label: { en: 'Totally and permanently disabled', es: 'Con discapacidad total y permanente' },
  hint: {
    en: 'A doctor has said that the person cannot work and that this will last a year or more.',
    es: 'Un médico ha dicho que la persona no puede trabajar y que esto durará un año o más.',
  },
  why: {
    en: 'Some credits have no age limit for a person with a total and permanent disability.',
    es: 'Algunos créditos no tienen límite de edad para una persona con discapacidad total y permanente.',
  },
};

export const HAS_IDENTITY_PROTECTION_PIN: Question = {
  label: {
    en: 'Has an identity protection PIN (IP PIN) from the IRS',
    es: 'Tiene un PIN de protección de identidad (IP PIN) del IRS',
  },
  hint: { en: 'Only whether there is one. The PIN is not asked here.', es: 'Solo si lo tiene. Aquí no se pregunta el PIN.' },
  why: {
    en: 'Without it the IRS sends back the return of a person who was given one.',
    es: 'Sin él, el IRS devuelve la declaración de la persona a quien se le dio uno.',
  },
};

export const CAN_BE_CLAIMED_BY_ANOTHER: Question = {
  label: { en: 'Can be claimed on someone else’s return', es: 'Otra persona puede declararle como dependiente' },
  why: {
    en: 'A person whom someone else can claim gets a smaller deduction and fewer credits.',
    es: 'Quien puede figurar en la declaración de otra persona recibe una deducción menor y menos créditos.',
  },
};

export const HAS_DIGITAL_ASSETS: Question = {
  label: { en: 'Owned or held digital assets, such as cryptocurrency', es: 'Tuvo activos digitales, como criptomonedas' },
  why: {
    en: 'The return asks this of everyone, and selling them can be income.',
    es: 'La declaración lo pregunta a todos, y venderlos puede ser un ingreso.',
  },
};

export const WANTS_LETTERS_IN_ANOTHER_LANGUAGE: Question = {
  label: {
    en: 'Wants letters from the IRS in a language other than English',
    es: 'Desea recibir las cartas del IRS en un idioma distinto del inglés',
  },
  why: {
    en: 'The IRS can write in some other languages if it is asked to.',
    es: 'El IRS puede escribir en otros idiomas si se le pide.',
  },
};

export const WANTS_ELECTION_FUND: Question = {
  label: {
    en: 'Wants $3 to go to the Presidential Election Campaign Fund',
    es: 'Desea que $3 vayan al Fondo para la Campaña Electoral Presidencial',
  },
  hint: { en: 'This does not change the tax or the refund.', es: 'Esto no cambia el impuesto ni el reembolso.' },
  why: { en: 'The return asks it.', es: 'La declaración lo pregunta.' },
};

export const TAXPAYER_ID = {
  kind: 'taxpayerId',
  class: 'credentials',
  label: { en: 'Social Security, ITIN or ATIN number', es: 'Número de Seguro Social, ITIN o ATIN' },
  hint: { en: 'Nine digits. Leave it blank if there is none yet.', es: 'Nueve cifras. Déjelo en blanco si todavía no tiene.' },
  why: {
    en: 'The return needs it. It is kept here only if this site chose to, and only for a few days.',
    es: 'La declaración lo necesita. Aquí se guarda solo si este centro lo decidió, y solo unos días.',
  },
  source: { form: 'Form 1040', page: 1 },
} as const;

export const IDENTITY_PROTECTION_PIN = {
  kind: 'identityProtectionPin',
  class: 'credentials',
  label: { en: 'Identity protection PIN (IP PIN)', es: 'PIN de protección de identidad (IP PIN)' },
  hint: { en: 'The six digits from this year’s letter.', es: 'Las seis cifras de la carta de este año.' },
  why: {
    en: 'The IRS sends back the return of a person who has an IP PIN and does not give it.',
    es: 'El IRS devuelve la declaración de quien tiene un IP PIN y no lo indica.',
  },
  source: { form: 'Form 1040', page: 2 },
} as const;
