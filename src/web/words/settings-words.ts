import type { Wording } from '../../catalogue/wording.js';

export const SETTINGS_WORDS = {
  title: { en: 'Site settings', es: 'Ajustes del centro' },
  intro: { en: 'Every change is written into the access log.', es: 'Cada cambio queda en el registro de accesos.' },
  name: { en: 'Name of the site', es: 'Nombre del centro' },
  nameHint: { en: 'As clients know it. It stands on the published policy.', es: 'Como lo conocen los clientes. Aparece en las reglas publicadas.' },
  collect: { en: 'What this site collects besides the intake form', es: 'Qué recoge este centro además del formulario' },
  collectHint: {
    en: 'What is never collected cannot be lost, stolen or subpoenaed. Switching off stops new answers; what is stored is destroyed on its own day.',
    es: 'Lo que no se recoge no se puede perder, robar ni exigir. Al desactivarlo no se aceptan más respuestas; lo guardado se destruye en su propio día.',
  },
  collectCredentials: { en: 'Taxpayer and bank numbers', es: 'Números de contribuyente y de banco' },
  collectNotes: { en: 'Notes between preparers', es: 'Notas entre preparadores' },
  regime: { en: 'Who prepares the returns', es: 'Quién prepara las declaraciones' },
  regimeHint: {
    en: 'Whoever prepares for compensation must keep a list of returns for three years: name, number, tax year, kind of return, preparer (IRC 6107(b)). What is on the list stays until its own day, whatever you choose here.',
    es: 'Quien prepara a cambio de un pago debe guardar tres años una lista de declaraciones: nombre, número, año tributario, tipo de declaración, preparador (sección 6107(b) del IRC). Lo que está en la lista se queda hasta su propio día, elija lo que elija aquí.',
  },
  vita_tce: { en: 'Volunteers of VITA or TCE: no list is kept', es: 'Voluntarios de VITA o TCE: no se guarda ninguna lista' },
  compensated: { en: 'Compensated preparers: the list is kept', es: 'Preparadores remunerados: se guarda la lista' },
  seasonEnd: { en: 'End of the season', es: 'Final de la temporada' },
  seasonHint: {
    en: 'On this day everything of this year is destroyed, save a preparer’s list, and consents where the rules keep them longer. Blank is December 31. A change needs 30 days’ notice. A season end that has come stays for what it destroyed: enter the next one here.',
    es: 'Ese día se destruye todo lo de este año, salvo una lista del preparador y los consentimientos que las reglas guardan más tiempo. En blanco es el 31 de diciembre. Un cambio exige 30 días de aviso. Un final que ya llegó sigue valiendo para lo que destruyó: escriba aquí el siguiente.',
  },
  timeZone: { en: 'Time zone', es: 'Zona horaria' },
  timeZoneHint: {
    en: 'Days of destruction begin at midnight here; for 30 days after a change, not before midnight in the former zone either. For example America/Chicago.',
    es: 'Los días de destrucción empiezan a medianoche en esta zona; durante los 30 días siguientes a un cambio, tampoco antes de la medianoche en la zona anterior. Por ejemplo America/Chicago.',
  },
  formerTimeZone: { en: 'Days of destruction do not begin before midnight in', es: 'Los días de destrucción no empiezan antes de la medianoche en' },
  formerUntil: { en: 'until', es: 'hasta el' },
  watch: { en: 'What is pointed out to auditors', es: 'Qué se señala a los auditores' },
  watchIntro: {
    en: 'Nothing is stopped by these. Auditors see them, and that you changed them.',
    es: 'Esto no impide nada. Los auditores lo ven, y ven que usted lo cambió.',
  },
  opensAt: { en: 'The site opens at', es: 'El centro abre a las' },
  closesAt: { en: 'The site closes at', es: 'El centro cierra a las' },
  openDays: { en: 'Open on', es: 'Abre los' },
  manyIntakes: { en: 'Different intakes opened by one member within an hour: from how many on', es: 'Expedientes distintos abiertos por un miembro en una hora: a partir de cuántos' },
  readsWithoutChange: {
    en: 'Intakes that one member read on one day without changing anything: from how many on',
    es: 'Expedientes que un miembro leyó en un día sin cambiar nada: a partir de cuántos',
  },
  failedSignIns: { en: 'Refused sign-ins for one account within an hour: from how many on', es: 'Inicios de sesión rechazados de una cuenta en una hora: a partir de cuántos' },
  refusedAttempts: { en: 'Refused attempts of one member on one day: from how many on', es: 'Intentos rechazados de un miembro en un día: a partir de cuántos' },
  submit: { en: 'Save the settings', es: 'Guardar los ajustes' },
} as const satisfies Readonly<Record<string, Wording>>;
