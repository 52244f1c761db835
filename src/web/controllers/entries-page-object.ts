import type { ListedMember } from '../../access/list-members.js';
import { ENTRY_KINDS, type Context } from '../../audit/entry.js';
import type { EntryFilter } from '../../audit/entry-filter.js';
import { parseFindingKey } from '../../audit/findings/finding.js';
import type { EntryPage, ListedEntry } from '../../audit/list-entries.js';
import type { EntrySummary } from '../../audit/summarise-entries.js';
import type { EntriesPage } from '../pages/entries-page.js';
import type { EntryRow } from '../pages/entry-row.js';
import type { EntrySummaryProps } from '../pages/entry-summary.js';
import type { LocalPath } from '../shell/local-path.js';
import { contextInWords } from '../words/detail-words.js';
import { detailsInWords } from '../words/logged-words.js';
import type { EntryQuery } from './entry-query.js';

/** @param members of the site, whose ids the log holds: names are put in here and stand in no entry */
export function entriesPageObject(
  { entries, next, summary }: EntryPage & { readonly summary?: EntrySummary | undefined },
  { values, filter, problems }: EntryQuery,
  members: readonly ListedMember[],
): EntriesPage {
  const names = new Map(members.map(({ id, name }) => [id, name]));
  return {
    filter: { values, kinds: ENTRY_KINDS, members: members.map(({ id, name }) => ({ id, name })), problems },
    ...(summary ? { summary: summaryOf(summary, values, names) } : {}),
    entries: entries.map((entry) => rowOf(entry, names)),
    ...(next === undefined ? {} : { older: pathWith(values, { cursor: next }) }),
    ...(filter.ids || problems.length > 0 ? {} : { exports: { csv: exportPath('csv', filter), ocsf: exportPath('ocsf', filter) } }),
  };
}

/** The same list, asked a little otherwise. */
function pathWith(values: EntryQuery['values'], more: Readonly<Record<string, string>>): LocalPath {
  return `/entries?${new URLSearchParams({ ...values, ...more }).toString()}`;
}

/** The same entries, all of them, as the API names what is asked. */
function exportPath(format: 'csv' | 'ocsf', { kinds, classes, from, before, ...same }: Omit<EntryFilter, 'ids'>): LocalPath {
  const several = { ...(kinds ? { kind: kinds.join(',') } : {}), ...(classes ? { class: classes.join(',') } : {}) };
  const asked = { ...same, ...several, ...(from ? { from: from.toISOString() } : {}), ...(before ? { before: before.toISOString() } : {}) };
  return `/api/audit/export.${format}?${new URLSearchParams(asked).toString()}`;
}

/** Of a member's trail, or of an intake's, which says by whom it was read. */
function summaryOf(summary: EntrySummary, values: EntryQuery['values'], names: ReadonlyMap<string, string>): EntrySummaryProps {
  const { member, intake } = values;
  return {
    ...summary,
    of: intake === undefined ? { member: names.get(member!) ?? member! } : { intake },
    members: summary.members.map(({ member: id, readings }) => ({ name: names.get(id) ?? id, readings, to: pathWith(values, { member: id, kind: 'readings' }) })),
    purposes: summary.purposes.map((one) => ({ ...one, to: pathWith(values, { purpose: one.purpose }) })),
  };
}

export function rowOf({ id, kind, at, parts, place, damaged = [] }: ListedEntry, names: ReadonlyMap<string, string>): EntryRow {
  const row = { path: `/entries/${id}` as const, number: id, kind, at, ...place, damaged };
  if (!parts) return { ...row, intakes: [], fields: [], said: [], pruned: true };
  const { actor = {}, subject = {}, context = {} } = parts;
  const nameOf = (id: string) => names.get(id) ?? id;
  return {
    ...row,
    ...(actor.member === undefined ? {} : { actor: nameOf(actor.member), actorPath: `/entries?member=${actor.member}` as const }),
    ...(actor.system === undefined ? {} : { system: actor.system }),
    intakes: subject.intake === undefined ? (subject.intakes ?? []) : [subject.intake],
    ...(subject.member === undefined ? {} : { member: nameOf(subject.member) }),
    ...(context.run === undefined ? {} : { run: `/runs/${context.run}` as const }),
    ...(context.hold === undefined ? {} : { hold: `/holds/${context.hold}` as const }),
    ...reviewedIn(context),
    ...(context.purpose === undefined ? {} : { purpose: context.purpose }),
    fields: subject.fields ?? [],
    said: [...detailsInWords(subject, context), ...contextInWords(context)],
    pruned: false,
  };
}

/** Where somebody has changed what is stored it may be anything: only what is a name of ours becomes an address. */
function reviewedIn({ finding, entries }: Context): Pick<EntryRow, 'reviewed'> {
  if (typeof finding === 'string' && parseFindingKey(finding)) return { reviewed: `/findings/${finding}` };
  const [entry, ...more] = Array.isArray(entries) ? entries : [];
  return Number.isSafeInteger(entry) && more.length === 0 ? { reviewed: `/entries/${entry}` } : {};
}
