import type { FieldOptions } from '../field-options.js';
import { intakeSheet, ticked } from './boxes.js';

/** Page 3, left side below: things that happened during the year. */

export const EDUCATION = {
  kind: 'boolean',
  class: 'situation',
  label: { en: 'You or someone in your family took classes', es: 'Usted o alguien de su familia tomó clases' },
  hint: {
    en: 'At a technical school or college, or for a job.',
    es: 'En una escuela técnica o universidad, o para un trabajo.',
  },
  why: { en: 'There are credits for tuition and school costs.', es: 'Hay créditos por la matrícula y los gastos de estudio.' },
  source: intakeSheet(3),
  boxes: [ticked(3, 'followingHappenDuring[0].tookEducationalClasses[0].tookEducationalClasses[0]', true)],
} as const satisfies FieldOptions;

export const SOLD_HOME = {
  kind: 'boolean',
  class: 'situation',
  label: { en: 'Sold a home', es: 'Vendió una vivienda' },
  why: {
    en: 'The sale may have to be reported even when no tax is due.',
    es: 'La venta puede tener que declararse aunque no haya impuesto que pagar.',
  },
  source: intakeSheet(3),
  boxes: [ticked(3, 'followingHappenDuring[0].sellAHome[0]', true)],
} as const satisfies FieldOptions;

export const HEALTH_SAVINGS_ACCOUNT = {
  kind: 'boolean',
  class: 'situation',
  label: { en: 'Had a health savings account (HSA)', es: 'Tuvo una cuenta de ahorros para la salud (HSA)' },
  why: {
    en: 'Money put in or taken out goes on a form of its own.',
    es: 'El dinero que entró o salió va en un formulario propio.',
  },
  source: intakeSheet(3),
  boxes: [ticked(3, 'followingHappenDuring[0].healthSavingsAccount[0]', true)],
} as const satisfies FieldOptions;

export const MARKETPLACE_INSURANCE = {
  kind: 'boolean',
  class: 'situation',
  label: { en: 'Bought health insurance through the Marketplace', es: 'Compró seguro médico por medio del Mercado' },
  why: {
    en: 'Help with the premiums has to be settled on the return.',
    es: 'La ayuda con las primas se tiene que ajustar en la declaración.',
  },
  source: intakeSheet(3),
  boxes: [ticked(3, 'followingHappenDuring[0].purchaseMarketplaceInsurance[0]', true)],
} as const satisfies FieldOptions;

export const ENERGY_ITEMS = {
  kind: 'boolean',
  class: 'situation',
  label: {
    en: 'Bought and installed energy-saving items for the home',
    es: 'Compró e instaló artículos para ahorrar energía en el hogar',
  },
  hint: { en: 'Such as windows, a furnace or insulation.', es: 'Por ejemplo, ventanas, calefacción o aislamiento.' },
  why: { en: 'There can be a credit for them.', es: 'Puede haber un crédito por ellos.' },
  source: intakeSheet(3),
  boxes: [ticked(3, 'followingHappenDuring[0].energyEfficientItems[0].energyEfficientItems[0]', true)],
} as const satisfies FieldOptions;

export const OTHER_PURCHASE = {
  kind: 'boolean',
  class: 'situation',
  label: { en: 'Another large purchase, such as a new vehicle', es: 'Otra compra grande, como un vehículo nuevo' },
  why: { en: 'Interest or taxes on it may count.', es: 'Es posible que cuenten los intereses o impuestos que pagó.' },
  source: intakeSheet(3),
  boxes: [ticked(3, 'followingHappenDuring[0].otherPurchase[0]', true)],
} as const satisfies FieldOptions;

export const DEBT_CANCELLED = {
  kind: 'boolean',
  class: 'situation',
  label: { en: 'A lender cancelled or forgave a debt', es: 'Un prestamista canceló o perdonó una deuda' },
  hint: { en: 'Credit card, mortgage or other.', es: 'De tarjeta de crédito, hipoteca u otra.' },
  why: { en: 'A forgiven debt can count as income.', es: 'Una deuda perdonada puede contar como ingreso.' },
  source: intakeSheet(3),
  boxes: [ticked(3, 'followingHappenDuring[0].forgaveByLender[0].forgaveByLender[0]', true)],
} as const satisfies FieldOptions;

export const DISASTER_LOSS = {
  kind: 'boolean',
  class: 'situation',
  label: {
    en: 'A loss in a federally declared disaster area',
    es: 'Una pérdida en una zona de desastre declarada por el gobierno federal',
  },
  why: {
    en: 'Such a loss can be deducted, and dates may be put off.',
    es: 'Esa pérdida se puede deducir, y los plazos pueden aplazarse.',
  },
  source: intakeSheet(3),
  boxes: [ticked(3, 'followingHappenDuring[0].lossRelatedDisaster[0]', true)],
} as const satisfies FieldOptions;

export const CREDIT_DISALLOWED = {
  kind: 'boolean',
  class: 'situation',
  label: { en: 'A tax credit was disallowed', es: 'Le negaron un crédito tributario' },
  hint: {
    en: 'Such as the earned income, child tax or American opportunity credit.',
    es: 'Por ejemplo, el crédito por ingreso del trabajo, por hijos o de oportunidad estadounidense.',
  },
  why: {
    en: 'To claim it again, the return needs one more form.',
    es: 'Para volver a pedirlo, la declaración necesita otro formulario.',
  },
  source: intakeSheet(3),
  boxes: [ticked(3, 'followingHappenDuring[0].taxCreditDisallowed[0].taxCreditDisallowed[0]', true)],
} as const satisfies FieldOptions;

export const IRS_LETTER = {
  kind: 'boolean',
  class: 'situation',
  label: { en: 'A letter or bill came from the IRS', es: 'Recibió una carta o una factura del IRS' },
  why: {
    en: 'It may change this return, or need an answer by a date.',
    es: 'Puede cambiar esta declaración o exigir una respuesta antes de una fecha.',
  },
  source: intakeSheet(3),
  boxes: [ticked(3, 'followingHappenDuring[0].receivedLetterBill[0]', true)],
} as const satisfies FieldOptions;

export const ESTIMATED_PAYMENTS = {
  kind: 'boolean',
  class: 'situation',
  label: {
    en: 'Made estimated tax payments, or applied last year’s refund to this year',
    es: 'Hizo pagos de impuesto estimado o aplicó el reembolso del año pasado a este año',
  },
  why: { en: 'What was paid already is taken off the tax.', es: 'Lo que ya pagó se descuenta del impuesto.' },
  source: intakeSheet(3),
  boxes: [ticked(3, 'followingHappenDuring[0].estimatedTaxPayments[0].estimatedTaxPayments[0]', true)],
} as const satisfies FieldOptions;

export const BROUGHT_LAST_RETURN = {
  kind: 'boolean',
  class: 'situation',
  label: { en: 'Brought last year’s return', es: 'Trajo la declaración del año pasado' },
  why: {
    en: 'Signing and carrying losses over need figures from it.',
    es: 'Para firmar y trasladar pérdidas hacen falta datos de ella.',
  },
  source: intakeSheet(3),
  boxes: [ticked(3, 'followingHappenDuring[0].lastYearsReturn[0]', true)],
} as const satisfies FieldOptions;
