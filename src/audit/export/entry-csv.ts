import { leafTime } from '../leaf.js';
import type { ListedEntry } from '../list-entries.js';
import { csvRow } from './csv-row.js';

const COLUMNS = ['number', 'index', 'state', 'time', 'kind', 'member', 'role', 'system', 'site', 'intakes', 'about', 'classes', 'fields', 'purpose', 'context'] as const;

export const CSV_HEADER = csvRow(COLUMNS);

/** An entry as a record: lists with a space between, what else it says as JSON. After pruning: number, place, time and kind. */
export function entryCsv({ id, kind, at, parts, place }: ListedEntry): string {
  const { actor = {}, subject = {}, context = {} } = parts ?? {};
  const { purpose = '', ...rest } = context;
  return csvRow([
    ...[String(id), place.state === 'pending' ? '' : String(place.index), place.state, leafTime(at), kind],
    ...[actor.member ?? '', actor.role ?? '', actor.system ?? '', subject.site ?? ''],
    ...[(subject.intakes ?? [subject.intake ?? '']).join(' '), subject.member ?? '', (subject.classes ?? []).join(' '), (subject.fields ?? []).join(' ')],
    ...[purpose, Object.keys(rest).length > 0 ? JSON.stringify(rest) : ''],
  ]);
}
