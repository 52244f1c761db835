import { Field } from './field.js';
import type { Source } from './field-options.js';
import { WHOLE_NAME } from './whole-name.js';
import type { Wording } from './wording.js';

const LAW: Source = { form: 'IRC 6107(b)' };
const WHY: Wording = {
  en: 'Whoever prepares returns for compensation must keep this of each for three years, and show it to the IRS on request.',
  es: 'Quien prepara declaraciones a cambio de un pago debe guardar esto de cada una durante tres años y mostrarlo al IRS si lo pide.',
};

/**
 * What a compensated preparer keeps of a return in place of a copy of it (IRC 6107(b)(1); 26 CFR 1.6107-1(b)). It is asked when the return
 * is ready to be signed, and at sites of compensated preparers alone.
 */
export class PreparerList {
  @Field({
    kind: 'name',
    maxCharacters: WHOLE_NAME,
    class: 'preparer_list',
    label: { en: 'Name of the taxpayer, as on the return', es: 'Nombre del contribuyente, como en la declaración' },
    hint: { en: 'On a joint return, the spouse named first.', es: 'En una declaración conjunta, el cónyuge que figura primero.' },
    why: WHY,
    source: LAW,
  })
  name?: string;

  @Field({
    kind: 'taxpayerId',
    class: 'preparer_list',
    label: { en: 'Their Social Security number, ITIN or ATIN', es: 'Su número de Seguro Social, ITIN o ATIN' },
    hint: {
      en: 'Leave it blank only where the return has none, and enter it when there is one.',
      es: 'Déjelo en blanco solo si la declaración no tiene ninguno, y escríbalo cuando lo haya.',
    },
    why: WHY,
    source: LAW,
  })
  taxpayerId?: string;

  @Field({
    kind: 'year',
    class: 'preparer_list',
    label: { en: 'Tax year of the return', es: 'Año tributario de la declaración' },
    why: WHY,
    source: LAW,
  })
  taxYear?: number;

  @Field({
    kind: 'choice',
    class: 'preparer_list',
    label: { en: 'Kind of return or claim', es: 'Tipo de declaración o reclamación' },
    why: WHY,
    source: LAW,
    choices: [
      { value: '1040', label: { en: 'Form 1040', es: 'Formulario 1040' } },
      { value: '1040-SR', label: { en: 'Form 1040-SR', es: 'Formulario 1040-SR' } },
      { value: '1040-NR', label: { en: 'Form 1040-NR', es: 'Formulario 1040-NR' } },
      { value: '1040-X', label: { en: 'Form 1040-X, amended return or claim for refund', es: 'Formulario 1040-X, declaración enmendada o reclamación de reembolso' } },
      { value: 'other', label: { en: 'Another return or claim', es: 'Otra declaración o reclamación' } },
    ],
  })
  returnType?: string;

  @Field({
    kind: 'name',
    maxCharacters: 120,
    class: 'preparer_list',
    label: { en: 'Name of the preparer who has to sign it', es: 'Nombre del preparador que debe firmarla' },
    why: WHY,
    source: LAW,
  })
  preparedBy?: string;
}
