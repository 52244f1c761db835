import { STATES } from '../../catalogue/states.js';
import type { Wording } from '../../catalogue/wording.js';
import { atMostCharacters, FORM_WORDS as WORDS } from '../words/form-words.js';
import { useWords } from '../shell/shell.js';
import { inputId, type AskedField, type AskedInput } from './asked-input.js';
import { DateControl, LongTextControl, RadioControl, SelectControl, TextControl } from './controls.js';
import { describedBy } from './described-by.js';
import type { FormValues } from './form-values.js';
import { GroupedQuestion, LabelledQuestion } from './question-frame.js';
import type { ClassLife } from './retention-line.js';
import { WhyWeAsk } from './why-we-ask.js';

/** Up to so many choices are shown at once; longer lists fold into a select. */
const MOST_RADIOS = 6;

const HINTS: Partial<Record<AskedField['kind'], Wording>> = {
  birthDate: WORDS.dateHint,
  taxpayerId: WORDS.taxpayerIdHint,
  phone: WORDS.phoneHint,
};

const INPUT_MODES: Partial<Record<AskedField['kind'], 'numeric' | 'tel' | 'email'>> = {
  taxpayerId: 'numeric',
  identityProtectionPin: 'numeric',
  routingNumber: 'numeric',
  integer: 'numeric',
  monthCount: 'numeric',
  year: 'numeric',
  zip: 'numeric',
  phone: 'tel',
  email: 'email',
};

const NARROW: Partial<Record<AskedField['kind'], 'xs' | 'sm' | 'md'>> = {
  integer: 'xs',
  monthCount: 'xs',
  year: 'xs',
  identityProtectionPin: 'sm',
  zip: 'sm',
  taxpayerId: 'md',
  routingNumber: 'md',
  phone: 'md',
};

interface QuestionProps {
  readonly input: AskedInput;
  readonly label: Wording;
  readonly values: FormValues;
  readonly error?: Wording | undefined;
  readonly life?: ClassLife | undefined;
  /** What somebody else stored meanwhile, in words. */
  readonly stored?: string | undefined;
}

/** A question of the catalogue as a form shows it: nothing here knows any field by name. */
export function Question({ input: { path, field }, label, values, error, life, stored }: QuestionProps) {
  const t = useWords();
  const id = inputId(path);
  const hint = hintOf(field);
  const text = {
    id,
    label: t(label),
    hint: hint === undefined ? undefined : t(hint),
    error: error === undefined ? undefined : t(error),
    stored,
    notes: <WhyWeAsk field={field} life={life} />,
  };
  const description = describedBy(id, { hint, stored, error });
  const control = { id, name: path, values, describedBy: description, invalid: error !== undefined };
  const choices = optionsOf(field).map(({ value, label }) => ({ value, label: t(label) }));
  const blank = { value: '', label: t(WORDS.notAnswered) };
  switch (field.kind) {
    case 'boolean':
      return (
        <GroupedQuestion {...text} row describedBy={description}>
          <RadioControl id={id} name={path} chosen={values[path] ?? ''} options={[...yesAndNo(t), blank]} inline />
        </GroupedQuestion>
      );
    case 'date':
    case 'birthDate':
      return (
        <GroupedQuestion {...text} row describedBy={description}>
          <DateControl {...control} />
        </GroupedQuestion>
      );
    case 'choice':
      return choices.length > MOST_RADIOS ? (
        <LabelledQuestion {...text}>
          <SelectControl {...control} options={choices} />
        </LabelledQuestion>
      ) : (
        <GroupedQuestion {...text} describedBy={description}>
          <RadioControl id={id} name={path} chosen={values[path] ?? ''} options={[...choices, blank]} />
        </GroupedQuestion>
      );
    case 'state':
      return (
        <LabelledQuestion {...text}>
          <SelectControl {...control} options={choices} />
        </LabelledQuestion>
      );
    case 'longText':
      return (
        <LabelledQuestion {...text}>
          <LongTextControl {...control} />
        </LabelledQuestion>
      );
    default:
      return (
        <LabelledQuestion {...text}>
          <TextControl {...control} inputMode={INPUT_MODES[field.kind]} width={NARROW[field.kind]} />
        </LabelledQuestion>
      );
  }
}

function yesAndNo(t: (wording: Wording) => string) {
  return [
    { value: 'yes', label: t(WORDS.yes) },
    { value: 'no', label: t(WORDS.no) },
  ];
}

function optionsOf(field: AskedField) {
  return field.kind === 'state' ? STATES : (field.choices ?? []);
}

function hintOf(field: AskedField): Wording | undefined {
  return field.hint ?? HINTS[field.kind] ?? (field.kind === 'longText' ? atMostCharacters(field.maxCharacters) : undefined);
}
