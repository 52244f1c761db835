import type { FieldOptions } from '../field-options.js';
import { intakeSheet, ticked, written } from './boxes.js';

/** Page 1: how a refund should come, how a balance should go, and in which language the IRS should write. */
export const REFUND_METHOD = {
  kind: 'choice',
  choices: [
    { value: 'directDeposit', label: { en: 'Direct deposit', es: 'Depósito directo' } },
    { value: 'check', label: { en: 'Check by mail', es: 'Cheque por correo' } },
    { value: 'split', label: { en: 'Split between accounts', es: 'Repartido entre varias cuentas' } },
    { value: 'other', label: { en: 'Another way', es: 'De otra forma' } },
  ],
  class: 'situation',
  label: { en: 'If a refund is due: how you would like it', es: 'Si le corresponde un reembolso: cómo desea recibirlo' },
  why: { en: 'The return says how the IRS should pay.', es: 'La declaración indica cómo debe pagar el IRS.' },
  source: intakeSheet(1),
  boxes: [
    ticked(1, 'dueARefund[0].refundDirectDeposit[0]', 'directDeposit'),
    ticked(1, 'dueARefund[0].refundCheckMail[0]', 'check'),
    ticked(1, 'dueARefund[0].refundSplitAccounts[0]', 'split'),
    ticked(1, 'dueARefund[0].refundOther[0]', 'other'),
  ],
} as const satisfies FieldOptions;

export const REFUND_OTHER = {
  kind: 'text',
  maxCharacters: 100,
  refusesIdentifiers: true,
  class: 'situation',
  label: { en: 'If another way: which', es: 'Si es de otra forma: cuál' },
  hint: { en: 'Leave out account and card numbers.', es: 'No escriba números de cuenta ni de tarjeta.' },
  why: { en: 'So that the preparer can see whether it is possible.', es: 'Para que el preparador vea si es posible.' },
  source: intakeSheet(1),
  boxes: [written(1, 'dueARefund[0].refundOtherExplain[0]')],
} as const satisfies FieldOptions;

export const BALANCE_DUE_METHOD = {
  kind: 'choice',
  choices: [
    { value: 'bankAccount', label: { en: 'From a bank account', es: 'Desde una cuenta bancaria' } },
    { value: 'directPay', label: { en: 'Direct Pay on IRS.gov', es: 'Direct Pay en IRS.gov' } },
    { value: 'installments', label: { en: 'Set up an installment agreement', es: 'Un plan de pagos a plazos' } },
    { value: 'mail', label: { en: 'Mail a payment to the IRS', es: 'Un pago por correo al IRS' } },
  ],
  class: 'situation',
  label: { en: 'If a balance is due: how you would like to pay', es: 'Si debe un saldo: cómo desea pagarlo' },
  why: { en: 'So that paying is set up before the due date.', es: 'Para dejar listo el pago antes de la fecha límite.' },
  source: intakeSheet(1),
  boxes: [
    ticked(1, 'haveBlanceDue[0].blanceBankAccount[0]', 'bankAccount'),
    ticked(1, 'haveBlanceDue[0].blanceDirectPay[0]', 'directPay'),
    ticked(1, 'haveBlanceDue[0].blanceInstallmentAgreement[0]', 'installments'),
    ticked(1, 'haveBlanceDue[0].blanceMailPayment[0]', 'mail'),
  ],
} as const satisfies FieldOptions;

export const LETTERS_LANGUAGE = {
  kind: 'text',
  maxCharacters: 40,
  class: 'situation',
  label: { en: 'If letters in another language: which', es: 'Si desea las cartas en otro idioma: en cuál' },
  why: {
    en: 'The IRS can write in some other languages if it is asked to.',
    es: 'El IRS puede escribir en otros idiomas si se le pide.',
  },
  source: intakeSheet(1),
  boxes: [written(1, 'writtenCommunicationLanguage[0].whatLanguage[0]')],
} as const satisfies FieldOptions;
