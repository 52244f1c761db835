import type { FieldOptions } from '../field-options.js';
import { intakeSheet, ticked, written } from './boxes.js';
import type { Wording } from '../wording.js';

/** Page 2, left side: kinds of money received. No amounts: those are on the papers. */
const WHY_INCOME: Wording = {
  en: 'So that the preparer asks for the right papers and no income is left out.',
  es: 'Para que el preparador pida los documentos correctos y no falte ningún ingreso.',
};

export const WAGES = {
  kind: 'boolean',
  class: 'situation',
  label: { en: 'Wages from a full-time or part-time job', es: 'Salario de un trabajo a tiempo completo o parcial' },
  why: WHY_INCOME,
  source: intakeSheet(2),
  boxes: [ticked(2, 'receivedMoneyFrom[0].wagesPartFull[0]', true)],
} as const satisfies FieldOptions;

export const WAGES_JOBS = {
  kind: 'integer',
  min: 0,
  max: 99,
  class: 'situation',
  label: { en: 'How many jobs', es: 'Cuántos trabajos' },
  why: {
    en: 'One wage statement (Form W-2) is expected from each.',
    es: 'Se espera un comprobante de salario (Formulario W-2) de cada uno.',
  },
  source: intakeSheet(2),
  boxes: [written(2, 'receivedMoneyFrom[0].howManyJobs[0]')],
} as const satisfies FieldOptions;

export const TIPS = {
  kind: 'boolean',
  class: 'situation',
  label: { en: 'Tips', es: 'Propinas' },
  why: WHY_INCOME,
  source: intakeSheet(2),
  boxes: [ticked(2, 'receivedMoneyFrom[0].receivedMoneyTimps[0]', true)],
} as const satisfies FieldOptions;

export const RETIREMENT = {
  kind: 'boolean',
  class: 'situation',
  label: {
    en: 'Money from a retirement account, pension or annuity',
    es: 'Dinero de una cuenta de jubilación, pensión o anualidad',
  },
  why: WHY_INCOME,
  source: intakeSheet(2),
  boxes: [ticked(2, 'receivedMoneyFrom[0].retirementAccount[0]', true)],
} as const satisfies FieldOptions;

export const DISABILITY = {
  kind: 'boolean',
  class: 'situation',
  label: { en: 'Disability benefits', es: 'Beneficios por discapacidad' },
  hint: {
    en: 'Such as payments from insurance or workers’ compensation.',
    es: 'Por ejemplo, pagos de un seguro o de la compensación laboral.',
  },
  why: WHY_INCOME,
  source: intakeSheet(2),
  boxes: [ticked(2, 'receivedMoneyFrom[0].disabilityBenefits[0].disabilityBenefits[0]', true)],
} as const satisfies FieldOptions;

export const SOCIAL_SECURITY = {
  kind: 'boolean',
  class: 'situation',
  label: {
    en: 'Social Security or Railroad Retirement benefits',
    es: 'Beneficios del Seguro Social o de la Jubilación Ferroviaria',
  },
  why: WHY_INCOME,
  source: intakeSheet(2),
  boxes: [ticked(2, 'receivedMoneyFrom[0].socialSecurityRailroad[0]', true)],
} as const satisfies FieldOptions;

export const UNEMPLOYMENT = {
  kind: 'boolean',
  class: 'situation',
  label: { en: 'Unemployment benefits', es: 'Beneficios por desempleo' },
  why: WHY_INCOME,
  source: intakeSheet(2),
  boxes: [ticked(2, 'receivedMoneyFrom[0].unemploymentBenefits[0]', true)],
} as const satisfies FieldOptions;

export const STATE_REFUND = {
  kind: 'boolean',
  class: 'situation',
  label: { en: 'Refund of state or local income tax', es: 'Reembolso de impuestos estatales o locales sobre los ingresos' },
  why: WHY_INCOME,
  source: intakeSheet(2),
  boxes: [ticked(2, 'receivedMoneyFrom[0].refundStateLocal[0]', true)],
} as const satisfies FieldOptions;

export const INTEREST_DIVIDENDS = {
  kind: 'boolean',
  class: 'situation',
  label: { en: 'Interest or dividends', es: 'Intereses o dividendos' },
  hint: { en: 'From a bank account, bonds or shares.', es: 'De una cuenta bancaria, bonos o acciones.' },
  why: WHY_INCOME,
  source: intakeSheet(2),
  boxes: [ticked(2, 'receivedMoneyFrom[0].interestOrDividends[0]', true)],
} as const satisfies FieldOptions;

export const SALE_OF_ASSETS = {
  kind: 'boolean',
  class: 'situation',
  label: { en: 'Sale of stocks, bonds or real estate', es: 'Venta de acciones, bonos o bienes raíces' },
  why: WHY_INCOME,
  source: intakeSheet(2),
  boxes: [ticked(2, 'receivedMoneyFrom[0].saleStocksBonds[0]', true)],
} as const satisfies FieldOptions;

export const SALE_OF_ASSETS_LOSS = {
  kind: 'boolean',
  class: 'situation',
  label: {
    en: 'A loss from such sales was on last year’s return',
    es: 'La declaración del año pasado incluyó una pérdida por esas ventas',
  },
  why: {
    en: 'A loss that was not used up can lower this year’s tax.',
    es: 'Una pérdida que no se usó del todo puede bajar el impuesto de este año.',
  },
  source: intakeSheet(2),
  boxes: [
    ticked(2, 'receivedMoneyFrom[0].reportALoss[0].reportLossYes[0]', true),
    ticked(2, 'receivedMoneyFrom[0].reportALoss[0].reportLossNo[0]', false),
  ],
} as const satisfies FieldOptions;

export const ALIMONY_RECEIVED = {
  kind: 'boolean',
  class: 'situation',
  label: { en: 'Alimony received', es: 'Pensión para el cónyuge divorciado (alimony) recibida' },
  hint: { en: 'Not child support.', es: 'No incluya la manutención de los hijos.' },
  why: WHY_INCOME,
  source: intakeSheet(2),
  boxes: [ticked(2, 'receivedMoneyFrom[0].receivedAlimony[0]', true)],
} as const satisfies FieldOptions;

export const RENT_OF_HOME = {
  kind: 'boolean',
  class: 'situation',
  label: { en: 'Rent from your house or a room in it', es: 'Alquiler de su casa o de un cuarto en ella' },
  why: WHY_INCOME,
  source: intakeSheet(2),
  boxes: [ticked(2, 'receivedMoneyFrom[0].incomeRentingHouse[0]', true)],
} as const satisfies FieldOptions;

export const RENT_OF_HOME_SHORT = {
  kind: 'boolean',
  class: 'situation',
  label: {
    en: 'You lived there yourself and rented it for fewer than 15 days',
    es: 'Usted vivía allí y lo alquiló menos de 15 días',
  },
  why: { en: 'Such rent is often not taxed.', es: 'Ese alquiler muchas veces no paga impuesto.' },
  source: intakeSheet(2),
  boxes: [
    ticked(2, 'receivedMoneyFrom[0].useAsPersonal[0].personalResidenceYes[0]', true),
    ticked(2, 'receivedMoneyFrom[0].useAsPersonal[0].personalResidenceNo[0]', false),
  ],
} as const satisfies FieldOptions;

export const RENT_OF_PROPERTY = {
  kind: 'boolean',
  class: 'situation',
  label: { en: 'Rent from personal property, such as a vehicle', es: 'Alquiler de bienes personales, como un vehículo' },
  why: WHY_INCOME,
  source: intakeSheet(2),
  boxes: [ticked(2, 'receivedMoneyFrom[0].incomeRentingVehicle[0]', true)],
} as const satisfies FieldOptions;

export const GAMBLING = {
  kind: 'boolean',
  class: 'situation',
  label: { en: 'Gambling winnings, lottery included', es: 'Ganancias de juegos de azar, incluida la lotería' },
  why: WHY_INCOME,
  source: intakeSheet(2),
  boxes: [ticked(2, 'receivedMoneyFrom[0].gamblingLotteryWinnings[0]', true)],
} as const satisfies FieldOptions;

export const SELF_EMPLOYMENT = {
  kind: 'boolean',
  class: 'situation',
  label: { en: 'Payments for contract work or self-employment', es: 'Pagos por trabajo por contrato o por cuenta propia' },
  why: WHY_INCOME,
  source: intakeSheet(2),
  boxes: [ticked(2, 'receivedMoneyFrom[0].paymentsContractSelf[0]', true)],
} as const satisfies FieldOptions;

export const SELF_EMPLOYMENT_LOSS = {
  kind: 'boolean',
  class: 'situation',
  label: {
    en: 'A loss from such work was on last year’s return',
    es: 'La declaración del año pasado incluyó una pérdida por ese trabajo',
  },
  why: {
    en: 'A site may not be able to prepare a return with a business loss.',
    es: 'Es posible que un centro no pueda preparar una declaración con pérdidas de un negocio.',
  },
  source: intakeSheet(2),
  boxes: [
    ticked(2, 'receivedMoneyFrom[0].lossLastReturn[0].reportLossYes[0]', true),
    ticked(2, 'receivedMoneyFrom[0].lossLastReturn[0].reportLossNo[0]', false),
  ],
} as const satisfies FieldOptions;

export const OTHER_INCOME = {
  kind: 'boolean',
  class: 'situation',
  label: { en: 'Any other money received', es: 'Cualquier otro dinero recibido' },
  hint: {
    en: 'Such as cash jobs, jury duty, prizes, royalties, strike benefits or digital assets.',
    es: 'Por ejemplo: trabajos en efectivo, servicio de jurado, premios, regalías, beneficios de huelga o activos digitales.',
  },
  why: WHY_INCOME,
  source: intakeSheet(2),
  boxes: [ticked(2, 'receivedMoneyFrom[0].otherMoneyReceived[0].otherMoneyReceived[0]', true)],
} as const satisfies FieldOptions;
