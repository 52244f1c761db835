import type { EntryKind } from '../../audit/entry.js';
import { inputId } from '../form/asked-input.js';
import { describedBy } from '../form/described-by.js';
import { SelectControl } from '../form/controls.js';
import { LabelledQuestion } from '../form/question-frame.js';
import { PlainField } from '../form/plain-field.js';
import { problemAt, type FormProblem, type FormValues } from '../form/form-values.js';
import { useWords } from '../shell/shell.js';
import { LOGGED_FIELDS } from '../../catalogue/logged-fields.js';
import { RETENTION_CLASSES } from '../../catalogue/retention-class.js';
import { PURPOSES } from '../../audit/entry-parts.js';
import { MomentText } from '../shell/dates.js';
import { Link } from '../shell/link.js';
import { ENTRIES_WORDS as WORDS, ENTRY_KIND_WORDS, PURPOSE_WORDS } from '../words/audit-words.js';
import { CLASS_WORDS } from '../words/class-words.js';

export interface EntryFilterProps {
  readonly values: FormValues;
  readonly kinds: readonly EntryKind[];
  /** By id. */
  readonly members: readonly { readonly id: string; readonly name: string }[];
  readonly problems: readonly FormProblem[];
}

type Chosen = 'kind' | 'member' | 'class' | 'purpose';

/** By GET, so that an auditor can keep the address: it holds kinds, ids and days, and never an answer. */
export function EntryFilter({ values, kinds, members, problems }: EntryFilterProps) {
  const t = useWords();
  const wrong = (name: Chosen) => {
    const problem = problemAt(problems, name);
    return problem && t(problem.reason);
  };
  const select = (name: Chosen) => ({ id: inputId(name), name, values, invalid: wrong(name) !== undefined, describedBy: describedBy(inputId(name), { error: wrong(name) }) });
  const question = (name: Chosen) => ({ id: inputId(name), label: t(WORDS[name]), error: wrong(name) });
  return (
    <form class="tf-filter" method="get" action="/entries" aria-label={t(WORDS.filter)}>
      <LabelledQuestion {...question('kind')}>
        <SelectControl {...select('kind')} blank={t(WORDS.everything)} options={[{ value: 'readings', label: t(WORDS.anyReading) }, ...kinds.map((kind) => ({ value: kind, label: t(ENTRY_KIND_WORDS[kind]) }))]} />
      </LabelledQuestion>
      <LabelledQuestion {...question('member')}>
        <SelectControl {...select('member')} blank={t(WORDS.everyone)} options={members.map(({ id, name }) => ({ value: id, label: name }))} />
      </LabelledQuestion>
      <PlainField name="intake" label={WORDS.intake} value={values['intake']} problems={problems} />
      <LabelledQuestion {...question('class')}>
        <SelectControl {...select('class')} blank={t(WORDS.anyPurpose)} options={[...RETENTION_CLASSES.map((name) => ({ value: name, label: t(CLASS_WORDS[name]) })), { value: 'numbers', label: t(WORDS.numbers) }]} />
      </LabelledQuestion>
      <PlainField name="field" label={WORDS.field} value={values['field']} problems={problems} list={LOGGED_FIELDS} />
      <LabelledQuestion {...question('purpose')}>
        <SelectControl {...select('purpose')} blank={t(WORDS.anyPurpose)} options={PURPOSES.map((name) => ({ value: name, label: t(PURPOSE_WORDS[name]) }))} />
      </LabelledQuestion>
      <PlainField name="from" type="date" label={WORDS.from} value={values['from']} problems={problems} />
      <PlainField name="to" type="date" label={WORDS.to} value={values['to']} problems={problems} />
      <Narrowed values={values} />
      <button type="submit" class="usa-button usa-button--outline">
        {t(WORDS.apply)}
      </button>
    </form>
  );
}

/** What a link of ours asked besides: no field of the form, and yet kept by it and said. */
function Narrowed({ values }: { readonly values: FormValues }) {
  const t = useWords();
  const { since, until, entry } = values;
  if (since === undefined && until === undefined && entry === undefined) return null;
  return (
    <p class="tf-filter__narrowed">
      {[['since', since] as const, ['until', until] as const, ['entry', entry] as const].map(([name, value]) => value !== undefined && <input type="hidden" name={name} value={value} key={name} />)}
      {entry !== undefined && `${t(WORDS.oneEntry)} ${entry}. `}
      {(since !== undefined || until !== undefined) && (
        <>
          {t(WORDS.exactly)} <Instant text={since} /> – <Instant text={until} />.{' '}
        </>
      )}
      <Link to="/entries">{t(WORDS.clear)}</Link>
    </p>
  );
}

function Instant({ text }: { readonly text: string | undefined }) {
  const at = new Date(text ?? '');
  return Number.isNaN(at.getTime()) ? <>…</> : <MomentText at={at} />;
}
