import { Link } from '../shell/link.js';
import { useShell, useWords } from '../shell/shell.js';
import { ENTRIES_WORDS as WORDS, PURPOSE_WORDS } from '../words/audit-words.js';
import { numberInWords } from '../words/dates-in-words.js';
import { damageInWords } from '../words/detail-words.js';
import { namedInWords } from '../words/hold-words.js';
import type { EntryRow } from './entry-row.js';

/** What an entry of the log is about: an intake by its number, a member, a run; and which fields were read. */
export function EntrySubject({ entry }: { readonly entry: EntryRow }) {
  const t = useWords();
  return (
    <>
      {entry.damaged.length > 0 && <div class="usa-error-message">{t(damageInWords(entry.damaged))}</div>}
      {entry.pruned ? <em>{t(WORDS.pruned)}</em> : saysMore(entry) ? <Subject entry={entry} /> : <>–</>}
    </>
  );
}

function saysMore({ intakes, member, run, hold, reviewed, purpose, fields, said }: EntryRow): boolean {
  return [member, run, hold, reviewed, purpose].some((one) => one !== undefined) || intakes.length + fields.length + said.length > 0;
}

function Subject({ entry: { intakes, member, run, hold, reviewed, purpose, fields, said } }: { readonly entry: EntryRow }) {
  const t = useWords();
  const { language } = useShell();
  const [intake, ...more] = intakes;
  return (
    <div>
      {member !== undefined && <bdi>{member}</bdi>}
      {intake !== undefined && more.length === 0 && (
        <Link to={`/entries?intake=${intake}`}>
          <code class="tf-break">{intake}</code>
        </Link>
      )}
      {more.length > 0 && (hold === undefined ? `${numberInWords(intakes.length, language)} ${t(WORDS.intakes)}` : t(namedInWords(intakes.length)))}
      {run !== undefined && (
        <>
          {' '}
          <Link to={run}>{t(WORDS.run)}</Link>
        </>
      )}
      {hold !== undefined && (
        <>
          {' '}
          <Link to={hold}>{t(WORDS.hold)}</Link>
        </>
      )}
      {reviewed !== undefined && (
        <>
          {' '}
          <Link to={reviewed}>{t(WORDS.reviewed)}</Link>
        </>
      )}
      {purpose !== undefined && (
        <div>
          {t(WORDS.purpose)}: {t(PURPOSE_WORDS[purpose])}
        </div>
      )}
      {said.length > 0 && <div class="tf-break">{said.map(t).join('; ')}</div>}
      {fields.length > 0 && (
        <details>
          <summary>
            {t(WORDS.fields)}: {numberInWords(fields.length, language)}
          </summary>
          <div class="tf-break">{fields.join(', ')}</div>
        </details>
      )}
    </div>
  );
}
