import type { ApprovalFacts } from '../../access/approvals/approval-kind.js';
import type { ApprovalKindName, ApprovalState } from '../../access/approvals/approval.js';
import type { ApprovalStep } from '../../access/approvals/who-decides.js';
import type { Wording } from '../../catalogue/wording.js';

type Words = Readonly<Record<string, Wording>>;

export const APPROVALS_WORDS = {
  title: { en: 'Approvals', es: 'Aprobaciones' },
  intro: {
    en: 'Some steps take two people: one asks and says why, another one decides. Nobody decides what they asked for themselves, nor what somebody asked for who invited them. An administrator who joined although nobody approved counts as one person with whoever invited them.',
    es: 'Algunos pasos requieren dos personas: una lo pide y dice por qué, otra decide. Nadie decide lo que pidió, ni lo que pidió quien le invitó. Un administrador que se unió sin que nadie lo aprobara cuenta como una sola persona con quien le invitó.',
  },
  what: { en: 'What', es: 'Qué' },
  askedBy: { en: 'Asked for by', es: 'Pedido por' },
  askedAt: { en: 'Asked', es: 'Pedido el' },
  state: { en: 'State', es: 'Estado' },
  restored: {
    en: 'Records that were brought back from a backup wait to be released by two administrators.',
    es: 'Unos registros que vienen de una copia de seguridad esperan que dos administradores los liberen.',
  },
  restoredAsked: {
    en: 'An administrator has asked for the release of restored records. It waits for another one’s decision.',
    es: 'Un administrador pidió la liberación de los registros restaurados. Espera la decisión de otro.',
  },
  none: { en: 'Nothing waits for a decision, and nothing was decided in the last 90 days.', es: 'Nada espera una decisión y nada se decidió en los últimos 90 días.' },
} as const satisfies Words;

export const APPROVAL_WORDS = {
  reason: { en: 'Reason', es: 'Motivo' },
  scope: { en: 'Where', es: 'Dónde' },
  thisSite: { en: 'This site', es: 'Este centro' },
  everySite: { en: 'Every site of the organization', es: 'Todos los centros de la organización' },
  lapses: { en: 'Lapses', es: 'Vence' },
  decidedBy: { en: 'Decided by', es: 'Decidido por' },
  decidedAt: { en: 'Decided', es: 'Decidido el' },
  happens: { en: 'What happens if you approve', es: 'Qué pasa si lo aprueba' },
  doubt: {
    en: 'Speak with the person who asked, in person or by telephone, if anything surprises you. Declining can be undone by asking again; approving cannot.',
    es: 'Hable con quien lo pidió, en persona o por teléfono, si algo le sorprende. Una negativa se puede remediar pidiéndolo otra vez; una aprobación, no.',
  },
  guest: {
    en: 'Whoever asked invited you, directly or through others, or you two count as one person, because one joined on the other’s side although nobody approved. So you can decline this; approving takes somebody else.',
    es: 'Quien lo pidió le invitó a usted, directamente o a través de otros, o cuentan como una sola persona, porque alguien se unió por su lado sin que nadie lo aprobara. Por eso puede denegarlo; aprobarlo corresponde a otra persona.',
  },
  own: { en: 'You asked for this. Somebody else decides; you can take it back.', es: 'Usted lo pidió. Otra persona decide; usted puede retirarlo.' },
  receipt: { en: 'Receipt for the client', es: 'Comprobante para el cliente' },
  back: { en: 'All approvals', es: 'Todas las aprobaciones' },
} as const satisfies Words;

export const STEP_WORDS: Readonly<Record<ApprovalStep, Wording>> = {
  approve: { en: 'Approve', es: 'Aprobar' },
  decline: { en: 'Decline', es: 'Denegar' },
  withdraw: { en: 'Take it back', es: 'Retirar la solicitud' },
};

export const APPROVAL_STATE_WORDS: Readonly<Record<ApprovalState, Wording>> = {
  open: { en: 'Waiting', es: 'En espera' },
  approved: { en: 'Approved', es: 'Aprobada' },
  declined: { en: 'Declined', es: 'Denegada' },
  withdrawn: { en: 'Withdrawn', es: 'Retirada' },
  expired: { en: 'Lapsed without a decision', es: 'Vencida sin decisión' },
};

interface KindWords {
  readonly title: Wording;
  /** What exactly an approval does. */
  readonly effect: Wording;
}

export const APPROVAL_KIND_WORDS: Readonly<Record<ApprovalKindName, KindWords>> = {
  'administrator.invited': {
    title: { en: 'A new administrator', es: 'Un nuevo administrador' },
    effect: {
      en: 'They can join at once with the link that was given to them. An administrator invites and disables members, changes settings and starts destruction runs; they cannot read answers. If nobody decides, they can join seven days after the request, and count as one person with whoever asked where it takes two; declining makes the link worthless.',
      es: 'La persona podrá unirse de inmediato con el enlace que recibió. Un administrador invita y desactiva miembros, cambia ajustes e inicia la destrucción de datos; no puede leer respuestas. Si nadie decide, podrá unirse siete días después de la solicitud, y contará como una sola persona con quien lo pidió donde hagan falta dos; una negativa anula el enlace.',
    },
  },
  'intake.erasure': {
    title: { en: 'An early erasure, at the client’s request', es: 'Un borrado anticipado, a petición del cliente' },
    effect: {
      en: 'From this moment nobody can read anything of this intake, and nothing can be added to it. Its keys are destroyed with the next nightly run, in backups too. There is no way back. It is the client alone who can want this: ask whoever asked for it how the client said so.',
      es: 'Desde este momento nadie puede leer nada de este expediente ni añadirle nada. Sus llaves se destruyen con la próxima destrucción nocturna, también en las copias de seguridad. No hay vuelta atrás. Solo el cliente puede quererlo: pregunte a quien lo pidió cómo lo dijo el cliente.',
    },
  },
  'hold.release': {
    title: { en: 'The end of a legal hold', es: 'El fin de una orden de conservación' },
    effect: {
      en: 'What this hold keeps past its date is destroyed with the next nightly run, unless another hold keeps it. Approve only if the matter is over, or counsel has said so in writing.',
      es: 'Lo que esta orden conserva pasada su fecha se destruye con la próxima destrucción nocturna, salvo que otra orden lo conserve. Apruébelo solo si el asunto ha terminado o si el abogado lo ha dicho por escrito.',
    },
  },
  'policy.publish': {
    title: { en: 'A new retention policy', es: 'Nuevas reglas de conservación' },
    effect: {
      en: 'Once approved it is published: the dates of everything kept follow it at once, and nothing goes sooner than 30 days from now because of it. Compare every period before you approve.',
      es: 'Al aprobarlas se publican: las fechas de todo lo conservado las siguen de inmediato, y nada se destruye antes de 30 días por ellas. Compare cada plazo antes de aprobar.',
    },
  },
};

export const FACT_WORDS: Readonly<Record<keyof ApprovalFacts, Wording>> = {
  name: { en: 'Name', es: 'Nombre' },
  email: { en: 'E-mail address', es: 'Correo electrónico' },
  intake: { en: 'Intake number', es: 'Número de expediente' },
  taxYear: { en: 'Tax year', es: 'Año tributario' },
  effectiveDay: { en: 'Takes effect on', es: 'Entra en vigor el' },
  matter: { en: 'Matter', es: 'Asunto' },
  hold: { en: 'What the hold keeps', es: 'Qué conserva la orden' },
  policy: { en: 'What changes', es: 'Qué cambia' },
  takenBackAt: { en: 'Taken back for a legal hold', es: 'Retirada por una orden de conservación' },
};

/** Said on every page to every member. The name stands before it. */
export const ADMINISTRATOR_NOTICE_WORDS = {
  ofSite: { en: 'is to become an administrator of this site, invited by', es: 'va a ser administrador de este centro, por invitación de' },
  ofOrganisation: {
    en: 'is to become an administrator of every site of the organization, invited by',
    es: 'va a ser administrador de todos los centros de la organización, por invitación de',
  },
  from: { en: 'Even if no other administrator approves, they can join from', es: 'Aunque ningún otro administrador lo apruebe, podrá unirse a partir del' },
  doubt: {
    en: 'If this looks wrong to you, tell another administrator before then: they can decline it.',
    es: 'Si le parece incorrecto, avise antes a otro administrador: puede denegarlo.',
  },
  look: { en: 'See the request', es: 'Ver la solicitud' },
} as const satisfies Words;

export const REASON_WORDS = {
  label: { en: 'Why (for administrators only)', es: 'Por qué (solo para administradores)' },
  hint: {
    en: 'A new administrator takes another one’s approval, or seven days during which every member sees it coming. 10 to 500 characters; nothing about clients.',
    es: 'Un nuevo administrador requiere la aprobación de otro, o siete días en los que todos los miembros lo ven. De 10 a 500 caracteres; nada sobre clientes.',
  },
  'too short': { en: 'Say why in at least 10 characters.', es: 'Diga por qué en al menos 10 caracteres.' },
  'too long': { en: 'Please use at most 500 characters.', es: 'Use como máximo 500 caracteres.' },
} as const satisfies Words;
