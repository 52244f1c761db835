import type { FieldOptions } from '../field-options.js';
import { intakeSheet, ticked } from './boxes.js';
import type { Wording } from '../wording.js';

/** Page 3, left side above: kinds of money paid that can lower the tax. */
const WHY_ITEMIZE: Wording = {
  en: 'If such costs together are high, listing them can lower the tax more than the standard deduction.',
  es: 'Si la suma de estos gastos es alta, detallarlos puede bajar el impuesto más que la deducción estándar.',
};

export const MORTGAGE_INTEREST = {
  kind: 'boolean',
  class: 'situation',
  label: { en: 'Mortgage interest', es: 'Intereses hipotecarios' },
  why: WHY_ITEMIZE,
  source: intakeSheet(3),
  boxes: [ticked(3, 'paidFollowingExpenses[0].mortgageinterest[0]', true)],
} as const satisfies FieldOptions;

export const TAXES = {
  kind: 'boolean',
  class: 'situation',
  label: {
    en: 'Taxes: state, local, real estate, sales',
    es: 'Impuestos: estatales, locales, sobre bienes raíces, sobre ventas',
  },
  why: WHY_ITEMIZE,
  source: intakeSheet(3),
  boxes: [ticked(3, 'paidFollowingExpenses[0].taxesStateLocal[0]', true)],
} as const satisfies FieldOptions;

export const MEDICAL = {
  kind: 'boolean',
  class: 'situation',
  label: { en: 'Medical, dental and prescription costs', es: 'Gastos médicos, dentales y de recetas' },
  why: WHY_ITEMIZE,
  source: intakeSheet(3),
  boxes: [ticked(3, 'paidFollowingExpenses[0].mendicalDentalPrescription[0]', true)],
} as const satisfies FieldOptions;

export const CHARITY = {
  kind: 'boolean',
  class: 'situation',
  label: { en: 'Gifts to charity', es: 'Donaciones a organizaciones benéficas' },
  why: WHY_ITEMIZE,
  source: intakeSheet(3),
  boxes: [ticked(3, 'paidFollowingExpenses[0].charitableContributions[0]', true)],
} as const satisfies FieldOptions;

export const STUDENT_LOAN_INTEREST = {
  kind: 'boolean',
  class: 'situation',
  label: { en: 'Student loan interest', es: 'Intereses de préstamos estudiantiles' },
  why: { en: 'It can lower the income that is taxed.', es: 'Puede reducir el ingreso que paga impuesto.' },
  source: intakeSheet(3),
  boxes: [ticked(3, 'paidExpenses[0].studentLoanInterest[0]', true)],
} as const satisfies FieldOptions;

export const CHILD_CARE = {
  kind: 'boolean',
  class: 'situation',
  label: { en: 'Care of a child or dependent', es: 'Cuidado de un hijo o dependiente' },
  why: {
    en: 'There is a credit for care that let you work or look for work.',
    es: 'Hay un crédito por el cuidado que le permitió trabajar o buscar trabajo.',
  },
  source: intakeSheet(3),
  boxes: [ticked(3, 'paidExpenses[0].childDependentCare[0]', true)],
} as const satisfies FieldOptions;

export const RETIREMENT_CONTRIBUTIONS = {
  kind: 'boolean',
  class: 'situation',
  label: { en: 'Payments into a retirement account', es: 'Aportes a una cuenta de jubilación' },
  why: { en: 'They can lower the tax or bring a credit.', es: 'Pueden reducir el impuesto o dar un crédito.' },
  source: intakeSheet(3),
  boxes: [ticked(3, 'paidExpenses[0].contributionsRetirementAccount[0]', true)],
} as const satisfies FieldOptions;

export const EDUCATOR_SUPPLIES = {
  kind: 'boolean',
  class: 'situation',
  label: {
    en: 'School supplies bought by a teacher, aide or other educator',
    es: 'Útiles escolares comprados por un maestro, asistente u otro educador',
  },
  why: { en: 'Educators may take off part of what they paid.', es: 'Los educadores pueden descontar parte de lo que pagaron.' },
  source: intakeSheet(3),
  boxes: [ticked(3, 'paidExpenses[0].schooldSupplies[0]', true)],
} as const satisfies FieldOptions;

export const ALIMONY_PAID = {
  kind: 'boolean',
  class: 'situation',
  label: { en: 'Alimony paid', es: 'Pensión para el cónyuge divorciado (alimony) pagada' },
  hint: { en: 'Not child support.', es: 'No incluya la manutención de los hijos.' },
  why: {
    en: 'Under older agreements it lowers the income that is taxed.',
    es: 'Según acuerdos más antiguos, reduce el ingreso que paga impuesto.',
  },
  source: intakeSheet(3),
  boxes: [ticked(3, 'paidExpenses[0].alimonyPayments[0]', true)],
} as const satisfies FieldOptions;
