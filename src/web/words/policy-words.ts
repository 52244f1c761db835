import type { Wording } from '../../catalogue/wording.js';
import type { Day } from '../../platform/clock.js';
import type { PublicationObstacle } from '../../retention/policies/publication-obstacle.js';
import { dayInWords } from './dates-in-words.js';

type Words = Readonly<Record<string, Wording>>;

export const PROPOSE_POLICY_WORDS = {
  link: { en: 'Propose other periods', es: 'Proponer otros plazos' },
  title: { en: 'Propose other periods', es: 'Proponer otros plazos' },
  intro: {
    en: 'The form shows the rules as they were published last. Change what should be different and leave the rest. The next page says exactly what would change; nothing is proposed before that. Another administrator then decides.',
    es: 'El formulario muestra las últimas reglas publicadas. Cambie lo que deba ser distinto y deje lo demás. La página siguiente dice exactamente qué cambiaría; antes no se propone nada. Después decide otro administrador.',
  },
  basis: { en: 'The rules that you change:', es: 'Las reglas que usted cambia:' },
  waiting: {
    en: 'A proposal waits for a decision. Until it is decided or taken back, there can be no other.',
    es: 'Hay una propuesta en espera de decisión. Hasta que se decida o se retire no puede haber otra.',
  },
  seeWaiting: { en: 'See the proposal', es: 'Ver la propuesta' },
  stale: {
    en: 'Other rules were published, or taken back, since you opened this form. What you changed is still here; everything else now follows the newest rules. Look at all of it again.',
    es: 'Desde que abrió este formulario se publicaron o se retiraron unas reglas. Lo que usted cambió sigue aquí; lo demás sigue ahora las últimas reglas. Revíselo todo de nuevo.',
  },
  locked: {
    en: 'A legal hold is in force. Until all holds are released, periods can be made longer, but none shorter.',
    es: 'Hay una orden de conservación vigente. Mientras no se levanten todas, los plazos pueden alargarse, pero ninguno acortarse.',
  },
  periods: { en: 'How long answers are kept', es: 'Cuánto tiempo se guardan las respuestas' },
  periodsExplain: {
    en: 'Whatever comes first destroys an answer. The end of the season destroys all of them, whatever stands here, save consents that are to be kept after they have run out: then with the name of who gave them, from the next change of each intake on. That field, and “At most, from its start”, may be left blank: then there is no such period.',
    es: 'Lo primero que llegue destruye una respuesta. El final de la temporada las destruye todas, diga lo que diga aquí, salvo los consentimientos que se guarden después de vencer: entonces con el nombre de quien los dio, desde el próximo cambio de cada expediente. Ese campo, y «Como máximo, desde su inicio», pueden quedar en blanco: entonces no hay ese plazo.',
  },
  carried: {
    en: 'Kept until the end of the season. This form does not change that.',
    es: 'Se guardan hasta el final de la temporada. Este formulario no lo cambia.',
  },
  listExplain: {
    en: 'At sites of compensated preparers alone. The law asks for three years; neither the end of the season nor an early erasure shortens them.',
    es: 'Solo en los centros de preparadores remunerados. La ley exige tres años; no los acorta el final de la temporada ni un borrado anticipado.',
  },
  log: { en: 'What shows that the rules were kept', es: 'Lo que demuestra que las reglas se cumplieron' },
  whenAndWhy: { en: 'When, and why', es: 'Cuándo y por qué' },
  effectiveDay: { en: 'Takes effect on', es: 'Entra en vigor el' },
  reason: { en: 'Why?', es: '¿Por qué?' },
  reasonHint: {
    en: 'For the administrator who decides. 10 to 500 characters. Nothing about clients.',
    es: 'Para el administrador que decide. De 10 a 500 caracteres. Nada sobre clientes.',
  },
  submit: { en: 'See what would change', es: 'Ver qué cambiaría' },
  cancel: { en: 'Back to the rules', es: 'Volver a las reglas' },
  nothing: {
    en: 'Nothing differs from the rules as they are. Change at least one period.',
    es: 'Nada es distinto de las reglas como están. Cambie al menos un plazo.',
  },
  tooNear: { en: 'This day has come too near. Choose a later one.', es: 'Este día ya está demasiado cerca. Elija uno posterior.' },
} as const satisfies Words;

export const POLICY_CHECK_WORDS = {
  title: { en: 'What the proposal would change', es: 'Qué cambiaría la propuesta' },
  notYet: { en: 'Nothing has been proposed yet.', es: 'Todavía no se ha propuesto nada.' },
  readThrough: {
    en: 'Read it through; at the end of this page you can propose it, or go back and change it.',
    es: 'Léalo; al final de esta página puede proponerlo, o volver y cambiarlo.',
  },
  lockedTitle: { en: 'This cannot be proposed now', es: 'Ahora no se puede proponer' },
  locked: {
    en: 'It makes something shorter, and a legal hold is in force. Nothing is shortened until all holds are released. You can go back and take the shorter periods out.',
    es: 'Acorta algo y hay una orden de conservación vigente. Nada se acorta mientras no se levanten todas. Puede volver y quitar los plazos más cortos.',
  },
  happens: { en: 'What happens then', es: 'Qué pasa después' },
  two: {
    en: 'Another administrator of the organization decides, whom you did not invite. Nothing changes until they approve.',
    es: 'Decide otro administrador de la organización a quien usted no haya invitado. Nada cambia hasta que lo apruebe.',
  },
  atOnce: {
    en: 'Once approved, everybody can read it under “How long we keep it”, and the dates of everything that is kept follow it within seconds, although it takes effect later.',
    es: 'Una vez aprobado, todo el mundo puede leerlo en «Cuánto tiempo lo guardamos», y las fechas de todo lo guardado lo siguen en segundos, aunque entre en vigor más tarde.',
  },
  takenBack: {
    en: 'If a legal hold is placed before that day, what makes anything shorter is taken back; what it makes longer stays.',
    es: 'Si antes de ese día se pone una orden de conservación, lo que acorte algo se retira; lo que alargue algo se queda.',
  },
  logged: { en: 'The proposal and the decision stand in the access log.', es: 'La propuesta y la decisión quedan en el registro de accesos.' },
  propose: { en: 'Propose it', es: 'Proponerlo' },
  change: { en: 'Change something', es: 'Cambiar algo' },
} as const satisfies Words;

export const POLICY_CHANGES_WORDS = {
  title: { en: 'What changes', es: 'Qué cambia' },
  rules: { en: 'Compared with', es: 'En comparación con la' },
  version: { en: 'version', es: 'versión' },
  announced: { en: 'announced, in force from', es: 'anunciada, vigente a partir del' },
  what: { en: 'What', es: 'Qué' },
  before: { en: 'Before', es: 'Antes' },
  after: { en: 'After', es: 'Después' },
  length: { en: 'How long', es: 'Cuánto' },
  change: { en: 'Change', es: 'Cambio' },
  shorter: { en: 'Shorter', es: 'Más corto' },
  longer: { en: 'Longer', es: 'Más largo' },
  same: { en: 'The same', es: 'Igual' },
  nothing: { en: 'No period changes.', es: 'No cambia ningún plazo.' },
  stays: { en: 'What stays as it is', es: 'Lo que queda como está' },
  /** The moment stands after it. */
  approveBefore: { en: 'It has to be approved before', es: 'Tiene que aprobarse antes del' },
  noneShorter: { en: 'Nothing gets shorter.', es: 'Nada se acorta.' },
  someShorter: {
    en: 'Something gets shorter, so it has to be announced 30 days ahead, counted from the approval.',
    es: 'Algo se acorta, así que hay que anunciarlo con 30 días de antelación, contados desde la aprobación.',
  },
} as const satisfies Words;

export const OBSTACLE_WORDS: Readonly<Record<PublicationObstacle, Wording>> = {
  superseded: {
    en: 'This can no longer be approved: other rules were published, or taken back, since it was proposed. It has to be declined or taken back, and proposed anew.',
    es: 'Ya no se puede aprobar: desde que se propuso se publicaron o se retiraron unas reglas. Hay que denegarlo o retirarlo y proponerlo de nuevo.',
  },
  'too-near': {
    en: 'This can no longer be approved: its day has come too near. It has to be declined or taken back, and proposed anew with a later day.',
    es: 'Ya no se puede aprobar: su día ya está demasiado cerca. Hay que denegarlo o retirarlo y proponerlo de nuevo con un día posterior.',
  },
  locked: {
    en: 'This cannot be approved now: it makes something shorter, and a legal hold is in force.',
    es: 'Ahora no se puede aprobar: acorta algo y hay una orden de conservación vigente.',
  },
};

/** Which days there are to choose from. @param shorter the first, where anything gets shorter; @param longer the first otherwise */
export function daysInWords(longer: Day, shorter: Day, last: Day): Wording {
  const [of, notice, until] = [inBoth(longer), inBoth(shorter), inBoth(last)];
  return {
    en: `If anything gets shorter, ${notice.en} at the earliest, else ${of.en}; at the latest ${until.en}. The notice counts from the approval: leave the other administrator some days.`,
    es: `Si algo se acorta, como pronto el ${notice.es}; si no, el ${of.es}; como muy tarde el ${until.es}. El aviso cuenta desde la aprobación: deje unos días al otro administrador.`,
  };
}

export function notInDays(isShorter: boolean, first: Day, last: Day): Wording {
  const [from, until] = [inBoth(first), inBoth(last)];
  return {
    en: `${isShorter ? 'Something gets shorter, which is announced 30 days ahead. ' : ''}Choose a day from ${from.en} to ${until.en}.`,
    es: `${isShorter ? 'Algo se acorta, y eso se anuncia con 30 días de antelación. ' : ''}Elija un día del ${from.es} al ${until.es}.`,
  };
}

function inBoth(day: Day): Wording {
  return { en: dayInWords(day, 'en'), es: dayInWords(day, 'es') };
}
