import { leafTime } from '../leaf.js';
import type { ListedEntry } from '../list-entries.js';
import { csvRow } from './csv-row.js';

const COLUMNS = [
  ...['number', 'index', 'state', 'time', 'kind', 'member', 'role', 'system', 'site', 'intakes', 'about', 'about role', 'invitation', 'bucket'],
  ...['classes', 'fields', 'purpose', 'context', 'damaged'],
] as const;

export const CSV_HEADER = csvRow(COLUMNS);

/**
 * An entry as a record: lists with a space between, what else it says as JSON. After pruning: number, place, time, kind and site.
 * `damaged` names what is not as it was written, which is left out.
 */
export function entryCsv({ id, kind, at, site = '', parts, place, damaged = [] }: ListedEntry): string {
  const { actor = {}, subject = { site }, context = {} } = parts ?? {};
  const { purpose = '', ...rest } = context;
  return csvRow([
    ...[String(id), place.state === 'pending' ? '' : String(place.index), place.state, leafTime(at), kind],
    ...[actor.member ?? '', actor.role ?? '', actor.system ?? '', subject.site ?? ''],
    ...[(subject.intakes ?? [subject.intake ?? '']).join(' '), subject.member ?? '', subject.role ?? '', subject.invitation ?? '', subject.bucket ?? ''],
    ...[(subject.classes ?? []).join(' '), (subject.fields ?? []).join(' ')],
    ...[purpose, Object.keys(rest).length > 0 ? JSON.stringify(rest) : '', damaged.join(' ')],
  ]);
}
