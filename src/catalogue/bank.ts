import { Field } from './field.js';
import type { Source } from './field-options.js';
import type { Wording } from './wording.js';

const REFUND_LINES: Source = { form: 'Form 1040', page: 2 };
const DIRECT_DEPOSIT: Wording = {
  en: 'Only for direct deposit or debit. It is kept here only if this site chose to, and only for a few days.',
  es: 'Solo para el depósito o el débito directo. Aquí se guarda solo si este centro lo decidió, y solo unos días.',
};

/** The account for a refund or a payment. The intake sheet does not ask for it; a site has to switch it on. */
export class Bank {
  @Field({
    kind: 'routingNumber',
    class: 'credentials',
    label: { en: 'Routing number', es: 'Número de ruta del banco' },
    hint: { en: 'Nine digits, from a check or the bank’s app.', es: 'Nueve cifras, de un cheque o de la aplicación del banco.' },
    why: DIRECT_DEPOSIT,
    source: REFUND_LINES,
  })
  routingNumber?: string;

  @Field({
    kind: 'accountNumber',
    class: 'credentials',
    label: { en: 'Account number', es: 'Número de cuenta' },
    hint: { en: 'Not the number on a bank card.', es: 'No es el número de la tarjeta del banco.' },
    why: DIRECT_DEPOSIT,
    source: REFUND_LINES,
  })
  accountNumber?: string;

  @Field({
    kind: 'choice',
    choices: [
      { value: 'Checking', label: { en: 'Checking', es: 'Cuenta corriente' } },
      { value: 'Savings', label: { en: 'Savings', es: 'Cuenta de ahorros' } },
    ],
    class: 'credentials',
    label: { en: 'Type of account', es: 'Tipo de cuenta' },
    why: DIRECT_DEPOSIT,
    source: REFUND_LINES,
  })
  accountType?: 'Checking' | 'Savings';
}
