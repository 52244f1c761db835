import type { EntryKind } from '../../audit/entry.js';
import { DataTable } from '../shell/data-table.js';
import { MomentText } from '../shell/dates.js';
import { Link } from '../shell/link.js';
import { useShell, useWords } from '../shell/shell.js';
import { ENTRIES_WORDS as WORDS, ENTRY_KIND_WORDS, SYSTEM_WORDS, type SystemActor } from '../words/audit-words.js';
import { numberInWords } from '../words/dates-in-words.js';
import type { EntryRow } from './entry-row.js';
import { EntrySubject } from './entry-subject.js';

export function Entries({ entries }: { readonly entries: readonly EntryRow[] }) {
  const t = useWords();
  return (
    <DataTable
      class="usa-table--compact tf-table"
      caption={t(WORDS.title)}
      columns={[WORDS.time, WORDS.kind, WORDS.who, WORDS.what, WORDS.numberAndPlace]}
    >
      {entries.map((entry, at) => (
        <tr key={at}>
          <th scope="row" data-label={t(WORDS.time)}>
            {entry.path === undefined ? (
              <MomentText at={entry.at} />
            ) : (
              <Link to={entry.path}>
                <MomentText at={entry.at} />
              </Link>
            )}
          </th>
          <td data-label={t(WORDS.kind)}>
            <KindOf kind={entry.kind} />
          </td>
          <td data-label={t(WORDS.who)}>
            <Actor entry={entry} />
          </td>
          <td data-label={t(WORDS.what)}>
            <EntrySubject entry={entry} />
          </td>
          <td data-label={t(WORDS.numberAndPlace)}>
            <Place entry={entry} />
          </td>
        </tr>
      ))}
    </DataTable>
  );
}

/** A kind that somebody wrote into the database has no words. */
function KindOf({ kind }: { readonly kind: EntryKind }) {
  const t = useWords();
  return (
    <div>
      {Object.hasOwn(ENTRY_KIND_WORDS, kind) && t(ENTRY_KIND_WORDS[kind])}
      <br />
      <code class="tf-quiet">{kind}</code>
    </div>
  );
}

function Actor({ entry: { actor, actorPath, system } }: { readonly entry: EntryRow }) {
  if (actor === undefined) return <System system={system} />;
  const name = <bdi>{actor}</bdi>;
  return actorPath === undefined ? name : <Link to={actorPath}>{name}</Link>;
}

function System({ system }: { readonly system: SystemActor | undefined }) {
  const t = useWords();
  return <em>{system === undefined ? '–' : t(SYSTEM_WORDS[system])}</em>;
}

/** Both, since pages before this one and after it name an entry by one or the other. */
function Place({ entry: { number, state, index } }: { readonly entry: EntryRow }) {
  const t = useWords();
  const { language } = useShell();
  return (
    <div>
      {t(WORDS.entryNumber)} {number}
      <br />
      <span class="tf-quiet">
        {index !== undefined && `${t(WORDS.place)} ${numberInWords(index, language)}, `}
        {t(WORDS[state])}
      </span>
    </div>
  );
}
