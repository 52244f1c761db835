import type { EntryKind } from '../../audit/entry.js';
import { inputId } from '../form/asked-input.js';
import { SelectControl } from '../form/controls.js';
import { LabelledQuestion } from '../form/question-frame.js';
import { PlainField } from '../form/plain-field.js';
import type { FormProblem, FormValues } from '../form/form-values.js';
import { useWords } from '../shell/shell.js';
import { ENTRIES_WORDS as WORDS, ENTRY_KIND_WORDS } from '../words/audit-words.js';

export interface EntryFilterProps {
  readonly values: FormValues;
  readonly kinds: readonly EntryKind[];
  /** By id. */
  readonly members: readonly { readonly id: string; readonly name: string }[];
  readonly problems: readonly FormProblem[];
}

/** By GET, so that an auditor can keep the address: it holds kinds, ids and days, and never an answer. */
export function EntryFilter({ values, kinds, members, problems }: EntryFilterProps) {
  const t = useWords();
  const select = (name: 'kind' | 'member') => ({ id: inputId(name), name, values, invalid: false });
  return (
    <form class="tf-filter" method="get" action="/entries" aria-label={t(WORDS.filter)}>
      <LabelledQuestion id={inputId('kind')} label={t(WORDS.kind)}>
        <SelectControl {...select('kind')} blank={t(WORDS.everything)} options={kinds.map((kind) => ({ value: kind, label: t(ENTRY_KIND_WORDS[kind]) }))} />
      </LabelledQuestion>
      <LabelledQuestion id={inputId('member')} label={t(WORDS.member)}>
        <SelectControl {...select('member')} blank={t(WORDS.everyone)} options={members.map(({ id, name }) => ({ value: id, label: name }))} />
      </LabelledQuestion>
      <PlainField name="intake" label={WORDS.intake} value={values['intake']} problems={problems} />
      <PlainField name="from" type="date" label={WORDS.from} value={values['from']} problems={problems} />
      <PlainField name="to" type="date" label={WORDS.to} value={values['to']} problems={problems} />
      <button type="submit" class="usa-button usa-button--outline">
        {t(WORDS.apply)}
      </button>
    </form>
  );
}
