import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { csvRow } from '../../src/audit/export/csv-row.js';
import { ENTRY_KINDS } from '../../src/audit/entry.js';
import { ACTOR, CONTEXT, SUBJECT, type PartShape } from '../../src/audit/entry-parts.js';
import { CSV_HEADER, entryCsv } from '../../src/audit/export/entry-csv.js';
import { entryOcsf } from '../../src/audit/export/entry-ocsf.js';
import type { ListedEntry } from '../../src/audit/list-entries.js';
import { startTestService, type TestService } from '../support/test-service.js';

/** RFC 4180, read back by its grammar. */
function parseCsv(text: string): string[][] {
  const records: string[][] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  let record: string[] = [];
  for (let match = field.exec(text); match; match = field.exec(text)) {
    record.push(match[1] === undefined ? match[2]! : match[1].replaceAll('""', '"'));
    if (match[3] === '\r\n') [record] = [[], records.push(record)];
    if (field.lastIndex === text.length) return records;
  }
  throw new Error('not CSV');
}

describe('a record of CSV', () => {
  it('comes back as it was, but for an apostrophe before what a spreadsheet would run', () => {
    const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1', '＋1', '－1', '＠1', 'a,b', 'a"b', 'a\r\nb', ''));
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 6 }), (fields) => {
        const [record] = parseCsv(csvRow(fields));
        expect(record).toEqual(fields.map((value) => (/^[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : value)));
      }),
    );
  });
});

describe('an entry in CSV', () => {
  const record = (entry: Partial<ListedEntry>): Readonly<Record<string, string>> => {
    const [header, values] = parseCsv(CSV_HEADER + entryCsv({ id: 7, kind: 'log.read', at: new Date('2027-03-01T15:00:00Z'), place: { state: 'pending' }, parts: undefined, ...entry }));
    return Object.fromEntries(header!.map((name, at) => [name, values![at]!]));
  };

  it('says everything that an entry can say', () => {
    for (const [part, shape] of Object.entries({ actor: ACTOR, subject: SUBJECT, context: CONTEXT } satisfies Readonly<Record<string, PartShape>>)) {
      for (const [key, check] of Object.entries(shape)) {
        const parts = { [part]: { [key]: check([]) ? ['marked'] : 'marked' } } as NonNullable<ListedEntry['parts']>;
        expect([part, key, Object.values(record({ parts })).some((value) => value.includes('marked'))]).toEqual([part, key, true]);
      }
    }
  });

  it('says that it is damaged, and of which site it is once its details are gone', () => {
    const site = randomUUID();
    expect(record({ site })).toMatchObject({ site, damaged: '' });
    expect(record({ site, parts: { context: { purpose: 'legal' } }, damaged: ['actor', 'subject'] })).toMatchObject({ site, member: '', purpose: 'legal', damaged: 'actor subject' });
  });
});

type Json = Readonly<Record<string, unknown>> & { readonly product?: Json; readonly user?: Json };

/** What schema.ocsf.io 1.3.0 requires of the class and of the objects that are used here, written down from it. */
function ocsfFaults(given: object): string[] {
  const event = given as Readonly<Record<string, Json>>;
  const faults: string[] = [];
  const need = (object: Record<string, unknown> | undefined, where: string, ...names: string[]) => {
    for (const name of names) if (object?.[name] === undefined) faults.push(`${where}.${name} is missing`);
  };
  const oneOf = (object: Record<string, unknown> | undefined, where: string, ...names: string[]) => {
    if (!names.some((name) => object?.[name] !== undefined)) faults.push(`${where} has none of ${names.join()}`);
  };
  need(event, 'event', 'activity_id', 'category_uid', 'class_uid', 'type_uid', 'time', 'severity_id', 'metadata', 'actor', 'src_endpoint');
  need(event['metadata'], 'metadata', 'version', 'product');
  need(event['metadata']?.product, 'product', 'vendor_name', 'name');
  oneOf(event, 'event', 'database', 'databucket', 'table');
  need(event['database'], 'database', 'type_id');
  oneOf(event['database'], 'database', 'name', 'uid');
  oneOf(event['actor'], 'actor', 'process', 'user', 'invoked_by', 'session', 'app_name', 'app_uid');
  if (event['actor']?.user) oneOf(event['actor']?.user, 'user', 'account', 'name', 'uid');
  oneOf(event['src_endpoint'], 'src_endpoint', 'ip', 'uid', 'name', 'hostname', 'svc_name', 'instance_uid', 'interface_uid', 'interface_name');
  if (![0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 99].includes(Number(event['activity_id']))) faults.push('unknown activity');
  if (![0, 1, 2, 3, 4, 5, 6, 99].includes(Number(event['severity_id']))) faults.push('unknown severity');
  if (![0, 1, 2, 99].includes(Number(event['status_id']))) faults.push('unknown status');
  if (Number(event['category_uid']) !== 6 || Number(event['class_uid']) !== 6005) faults.push('another class');
  if (Number(event['type_uid']) !== Number(event['class_uid']) * 100 + Number(event['activity_id'])) faults.push('type_uid is not class and activity');
  if (!Number.isSafeInteger(event['time']) || Number(event['time']) < 1e12) faults.push('time is not in milliseconds');
  return faults;
}

describe('an event of OCSF', () => {
  it('has what its class requires, whatever the entry', () => {
    for (const kind of ENTRY_KINDS) {
      const entry: ListedEntry = { id: 7, kind, at: new Date('2027-03-01T15:00:00Z'), place: { state: 'published', index: 6 }, parts: undefined };
      const member = { actor: { member: randomUUID(), role: 'preparer' as const }, subject: { site: randomUUID() }, context: {} };
      const system = { actor: { system: 'run' as const }, subject: {}, context: {} };
      for (const parts of [undefined, member, system]) expect([kind, ocsfFaults(entryOcsf({ ...entry, parts }))]).toEqual([kind, []]);
    }
  });
});

describe('the type of an event of OCSF', () => {
  it('has the name that its number has in the schema, whatever another activity is called', () => {
    const typed = (kind: ListedEntry['kind']) => entryOcsf({ id: 7, kind, at: new Date('2027-03-01T15:00:00Z'), place: { state: 'pending' }, parts: undefined });
    expect(typed('signed-in')).toMatchObject({ activity_id: 99, activity_name: 'signed-in', type_uid: 600599, type_name: 'Datastore Activity: Other' });
    expect(typed('answers.read')).toMatchObject({ type_uid: 600510, type_name: 'Datastore Activity: Decrypt' });
  });
});

describe('the activity of an event of OCSF', () => {
  const activityOf = (kind: ListedEntry['kind']) => {
    const event = entryOcsf({ id: 7, kind, at: new Date('2027-03-01T15:00:00Z'), place: { state: 'pending' }, parts: undefined }) as Readonly<Record<string, unknown>>;
    return [event['activity_id'], event['activity_name']];
  };

  it('is that answers were decrypted, wherever some were shown, be it names on a list', () => {
    expect([activityOf('answers.read'), activityOf('intake.listed')]).toEqual([[10, 'Decrypt'], [10, 'Decrypt']]);
  });

  it('is a query where only the intakes that match were told', () => {
    expect(activityOf('intake.searched')).toEqual([4, 'Query']);
  });
});

describe('an event of OCSF without details', () => {
  const entry: ListedEntry = { id: 7, kind: 'answers.read', at: new Date('2027-03-01T15:00:00Z'), place: { state: 'pending' }, parts: undefined };

  it('is from its site all the same', () => {
    expect(entryOcsf({ ...entry, site: 'here' })).toMatchObject({ src_endpoint: { name: 'site', uid: 'here' }, actor: { app_name: 'pruned' } });
    expect(entryOcsf(entry)).toMatchObject({ src_endpoint: { name: 'organization' } });
  });

  it('says that they are damaged', () => {
    const damaged = entryOcsf({ ...entry, site: 'here', parts: {}, damaged: ['actor', 'subject', 'context'] });
    expect(damaged).toMatchObject({ src_endpoint: { uid: 'here' }, actor: { app_name: 'damaged' }, unmapped: { damaged: ['actor', 'subject', 'context'] } });
    expect(ocsfFaults(damaged)).toEqual([]);
  });
});

describe('the export of the log', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startTestService();
    const preparer = service.api('preparer');
    const { body } = await preparer.post('/api/intakes', { taxYear: 2026, answers: { contact: { phone: '2025550155' } } });
    for (let i = 0; i < 3; i++) await preparer.get(`/api/intakes/${body.id}?fields=contact&purpose=legal`);
    // More than a page of what is fetched at once.
    for (let i = 0; i < 620; i++) await preparer.get('/api/audit/events');
  });
  afterAll(() => service.stop());

  const events = async (query: string) => (await service.api('auditor').get(`/api/audit/events?${query}`)).body.events;
  const download = async (path: string): Promise<{ text: string; headers: Headers; status: number }> => {
    const { token } = service.members.find(({ role }) => role === 'auditor')!;
    const response = await fetch(service.url + path, { headers: { authorization: `Bearer ${token}` } });
    return { text: await response.text(), headers: response.headers, status: response.status };
  };

  it('is of what is asked for, in CSV', async () => {
    const { text, headers } = await download('/api/audit/export.csv?purpose=legal');
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(headers.get('content-disposition')).toBe('attachment; filename="access-log.csv"');
    const [header, ...records] = parseCsv(text);
    const listed = await events('purpose=legal');
    expect(records).toHaveLength(3);
    expect(records.map((record) => record[header!.indexOf('number')])).toEqual(listed.map(({ id }: { id: number }) => String(id)));
    expect(records[0]![header!.indexOf('kind')]).toBe('answers.read');
    expect(records[0]![header!.indexOf('fields')]!.split(' ')).toContain('contact.phone');
    expect(text).not.toContain('2025550155');
  });

  it('goes on past a page, each entry once, newest first, and the entry that says so counts them', async () => {
    const { text, headers } = await download('/api/audit/export.ocsf?kind=access.refused');
    expect(headers.get('content-type')).toBe('application/x-ndjson');
    const lines = text.trimEnd().split('\n').map((line) => JSON.parse(line));
    const numbers = lines.map(({ metadata }) => Number(metadata.uid));
    expect(numbers).toHaveLength(620);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => b - a));
    expect(lines.flatMap(ocsfFaults)).toEqual([]);
    expect((await events('kind=log.read'))[0].context).toEqual({ counts: { entries: 620 } });
  });

  it('says that answers were decrypted', async () => {
    const { text } = await download('/api/audit/export.ocsf?kind=answers.read');
    const [event] = text.split('\n').map((line) => line && JSON.parse(line));
    expect(event).toMatchObject({ activity_id: 10, activity_name: 'Decrypt', type_uid: 600510, actor: { user: { type: 'preparer' } }, unmapped: { context: { purpose: 'legal' } } });
  });

  it('goes on over an entry whose details are no JSON, and says so; so do the list and the page', async () => {
    const [{ id }] = await events('purpose=legal');
    await service.databases.recordsOwner(`UPDATE log_part SET actor = 'x', subject = '{' WHERE entry_id = $1`, [id]);
    const [header, ...records] = parseCsv((await download('/api/audit/export.csv?kind=answers.read')).text);
    expect(records.map((record) => record[header!.indexOf('damaged')])).toEqual(['actor subject', '', '']);
    const [line] = (await download('/api/audit/export.ocsf?kind=answers.read')).text.split('\n');
    expect(JSON.parse(line!)).toMatchObject({ metadata: { uid: String(id) }, unmapped: { damaged: ['actor', 'subject'], context: { purpose: 'legal' } } });
    const [event] = await events('kind=answers.read');
    expect(event).toMatchObject({ id, damaged: ['actor', 'subject'], context: { purpose: 'legal' } });
    expect(event).not.toHaveProperty('actor');
    for (const query of ['class=contact', 'field=contact.phone', 'class=contact,notes']) expect((await events(query)).map((one: { id: number }) => one.id)).toContain(id);
    expect((await service.api('auditor').get('/api/audit/findings')).status).toBe(200);
    const { text, status } = await download(`/entries/${id}`);
    expect([status, text.includes('Its details are not what was written: who did it, what it is about.')]).toEqual([200, true]);
    expect((await download('/entries?kind=answers.read')).status).toBe(200);
  });

  it('refuses what it does not know, and has read nothing then', async () => {
    const before = (await events('kind=log.read')).length;
    for (const query of ['kind=no.kind', 'field=taxpayer.usCitizen', 'class=visa', 'purpose=curiosity', 'member=me', 'cursor=3']) {
      expect([query, (await download(`/api/audit/export.csv?${query}`)).status]).toEqual([query, 422]);
    }
    expect((await events('kind=log.read')).length).toBe(before + 1);
  });
});
