import type { Wording } from '../../catalogue/wording.js';

interface ErrorWords {
  readonly title: Wording;
  /** What happened and what to do now; never what was asked for. */
  readonly explain: Wording;
}

/** One for each status that `platform/refusal.ts` can send. */
export const ERROR_WORDS = {
  400: {
    title: { en: 'That request was not understood', es: 'No se entendió la solicitud' },
    explain: { en: 'Go back, reload the page and try again.', es: 'Vuelva atrás, cargue de nuevo la página e inténtelo otra vez.' },
  },
  401: {
    title: { en: 'Please sign in', es: 'Inicie sesión' },
    explain: {
      en: 'You are not signed in, or your time ran out. What you saved is kept.',
      es: 'No ha iniciado sesión o se acabó el tiempo. Lo que guardó se conserva.',
    },
  },
  403: {
    title: { en: 'This is not for your role', es: 'Esto no corresponde a su función' },
    explain: {
      en: 'Your role may not do this, or the form came from an old page. If you think it should, speak with an administrator.',
      es: 'Su función no lo permite, o el formulario era de una página antigua. Si cree que debería poder hacerlo, hable con un administrador.',
    },
  },
  404: {
    title: { en: 'Nothing is here', es: 'Aquí no hay nada' },
    explain: {
      en: 'The address may be wrong, a link may have run out, or what was here is gone.',
      es: 'La dirección puede estar mal, un enlace puede haber vencido, o lo que había aquí ya no está.',
    },
  },
  405: {
    title: { en: 'That cannot be done here', es: 'Eso no se puede hacer aquí' },
    explain: { en: 'Please use the links and forms of these pages.', es: 'Use los enlaces y formularios de estas páginas.' },
  },
  409: {
    title: { en: 'Something changed meanwhile', es: 'Algo cambió mientras tanto' },
    explain: {
      en: 'This step does not fit what is stored now. Nothing was changed. Open the page again and look.',
      es: 'Este paso no encaja con lo que está guardado ahora. No se cambió nada. Abra de nuevo la página y mire.',
    },
  },
  410: {
    title: { en: 'This has been destroyed', es: 'Esto ha sido destruido' },
    explain: { en: 'Its day has come. Nobody can read it any more.', es: 'Llegó su día. Nadie puede leerlo ya.' },
  },
  413: {
    title: { en: 'That is too much at once', es: 'Es demasiado de una vez' },
    explain: { en: 'Send less, or in parts.', es: 'Envíe menos, o por partes.' },
  },
  414: {
    title: { en: 'That address is too long', es: 'Esa dirección es demasiado larga' },
    explain: { en: 'Please use the links and forms of these pages.', es: 'Use los enlaces y formularios de estas páginas.' },
  },
  415: {
    title: { en: 'That kind of content is not taken', es: 'Ese tipo de contenido no se acepta' },
    explain: { en: 'Please use the forms of these pages.', es: 'Use los formularios de estas páginas.' },
  },
  422: {
    title: { en: 'Something in the form is not right', es: 'Algo del formulario no está bien' },
    explain: {
      en: 'Nothing was stored. Go back, check what you entered and send it again.',
      es: 'No se guardó nada. Vuelva atrás, revise lo que escribió y envíelo otra vez.',
    },
  },
  423: {
    title: { en: 'This is preserved and closed', es: 'Esto está conservado y cerrado' },
    explain: {
      en: 'Its own day has passed, and a legal order keeps it from being destroyed. It opens only for that order.',
      es: 'Su día ya pasó y una orden legal impide destruirlo. Solo se abre para esa orden.',
    },
  },
  429: {
    title: { en: 'Too many attempts', es: 'Demasiados intentos' },
    explain: { en: 'Please wait a few minutes, then try again.', es: 'Espere unos minutos e inténtelo de nuevo.' },
  },
  500: {
    title: { en: 'Something went wrong here', es: 'Algo falló aquí' },
    explain: {
      en: 'It is our mistake, not yours. What you saved before is kept. Please tell an administrator what you were about to do.',
      es: 'Es un error nuestro, no suyo. Lo que guardó antes se conserva. Dígale a un administrador qué iba a hacer.',
    },
  },
  503: {
    title: { en: 'Not available at the moment', es: 'No disponible por ahora' },
    explain: {
      en: 'Nothing is opened while the access log cannot be written, or while records that were restored wait to be checked and released. Please try again in a few minutes, or ask an administrator.',
      es: 'No se abre nada mientras no se pueda escribir el registro de accesos, o mientras unos datos restaurados esperan su revisión y liberación. Inténtelo en unos minutos o pregunte a un administrador.',
    },
  },
} as const satisfies Readonly<Record<number, ErrorWords>>;

export type ErrorStatus = keyof typeof ERROR_WORDS;

export const ERROR_PAGE_WORDS = {
  home: { en: 'Go to the start page', es: 'Ir a la página de inicio' },
  spentLink: {
    en: 'This link has been used, has run out, or was taken back or replaced. If you have just used it yourself, your account is ready: sign in.',
    es: 'Este enlace ya se usó, venció, o fue retirado o reemplazado. Si acaba de usarlo usted, su cuenta está lista: inicie sesión.',
  },
  signIn: { en: 'Sign in', es: 'Iniciar sesión' },
  reference: { en: 'Number of this error:', es: 'Número de este error:' },
} as const satisfies Readonly<Record<string, Wording>>;

/** A status that nobody foresaw is told as the nearest one that was: 4xx as 400, all else as 500. */
export function errorStatus(status: number): ErrorStatus {
  if (Object.hasOwn(ERROR_WORDS, status)) return status as ErrorStatus;
  return status >= 400 && status < 500 ? 400 : 500;
}
