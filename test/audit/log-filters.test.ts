import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { LogEntry } from '../../src/audit/entry.js';
import type { EntryFilter } from '../../src/audit/entry-filter.js';
import { readEntries } from '../../src/audit/list-entries.js';
import { RETENTION_CLASSES } from '../../src/catalogue/retention-class.js';
import { logFixture, type LogFixture } from './log-fixture.js';

let fixture: LogFixture;
beforeAll(async () => (fixture = await logFixture()));
afterAll(() => fixture.databases.close());

const few = <T>(make: () => T): readonly T[] => [make(), make(), make()];
const MEMBERS = few(randomUUID);
const INTAKES = few(randomUUID);
const FIELDS = ['contact.phone', 'taxpayer.firstName', 'taxpayer.lastName', 'taxpayer', 'household.firstName'];

const member = fc.constantFrom(...MEMBERS);
const some = <T>(all: readonly T[]) => fc.subarray([...all], { minLength: 1 });
const intakes = fc.oneof(fc.constantFrom(...INTAKES).map((intake) => ({ intake })), some(INTAKES).map((list) => ({ intakes: list })));
const read: fc.Arbitrary<LogEntry> = fc
  .record({ member, intakes, classes: some(RETENTION_CLASSES), fields: some(FIELDS), purpose: fc.constantFrom('prepare', 'review', 'legal'), kind: fc.constantFrom('answers.read', 'intake.listed') })
  .map((of) => ({ kind: of.kind, actor: { member: of.member, role: 'preparer' }, subject: { site: 'here', ...of.intakes, classes: of.classes, fields: of.fields }, context: { purpose: of.purpose } }) as LogEntry);
const other: fc.Arbitrary<LogEntry> = fc.oneof(
  fc.record({ member, intakes, classes: some(RETENTION_CLASSES) }).map((of) => ({ kind: 'answers.written', actor: { member: of.member, role: 'preparer' }, subject: { site: 'here', ...of.intakes, classes: of.classes }, context: { version: 2 } }) as LogEntry),
  some(RETENTION_CLASSES).map((classes) => ({ kind: 'bucket.destroyed', actor: { system: 'run' }, subject: { site: 'here', bucket: MEMBERS[0]!, classes }, context: { day: '2027-03-01' } }) as LogEntry),
  fc.constant<LogEntry>({ kind: 'sign-in-failed', actor: { system: 'visitor' }, subject: {}, context: { reason: 'unknown-account' } }),
);
const filter: fc.Arbitrary<EntryFilter> = fc.record(
  {
    kinds: some(['answers.read', 'intake.listed', 'answers.written', 'bucket.destroyed', 'sign-in-failed'] as const),
    ...{ member, intake: fc.constantFrom(...INTAKES), classes: some(RETENTION_CLASSES), field: fc.constantFrom(...FIELDS), purpose: fc.constantFrom('prepare', 'review', 'legal', 'print') },
  },
  { requiredKeys: [] },
);

/** The same, of one entry, without a database. */
function fits({ kind, actor, subject, context }: LogEntry, asked: EntryFilter): boolean {
  const intakesOf = subject.intakes ?? (subject.intake ? [subject.intake] : []);
  return (
    (!asked.kinds || asked.kinds.includes(kind)) &&
    (!asked.member || actor.member === asked.member) &&
    (!asked.intake || intakesOf.includes(asked.intake)) &&
    (!asked.classes || (subject.classes ?? []).some((name) => asked.classes!.includes(name))) &&
    (!asked.field || (subject.fields ?? []).some((name) => name === asked.field || name.startsWith(`${asked.field}.`))) &&
    (!asked.purpose || context.purpose === asked.purpose)
  );
}

describe('the filters of the log', () => {
  it('show what fits all of them, and nothing else', async () => {
    const { databases, log } = fixture;
    const check = fc.asyncProperty(fc.array(fc.oneof(read, read, other), { minLength: 1, maxLength: 12 }), fc.array(filter, { minLength: 3, maxLength: 6 }), fc.nat({ max: 12 }), async (drawn, filters, waiting) => {
      const site = randomUUID();
      const entries = drawn.map((entry) => (entry.subject.site ? { ...entry, subject: { ...entry.subject, site } } : entry));
      const append = (some: readonly LogEntry[]) => databases.records.inSite(site, (tx) => log.appendAll(tx, some));
      const placed = await append(entries.slice(0, waiting));
      await fixture.sequencer.drain();
      const ids = [...placed, ...(await append(entries.slice(waiting)))];
      for (const asked of filters) {
        const found = await databases.records.inSite(site, (tx) => readEntries(tx, asked, null, 1000));
        const mine = found.filter(({ id }) => id >= ids[0]!).map(({ id }) => id);
        expect([asked, mine]).toEqual([asked, ids.filter((_, at) => fits(entries[at]!, asked)).toReversed()]);
      }
    });
    await fc.assert(check, { numRuns: 60 });
  });

  it('take what an entry is looked up by from its parts, with no right of the service to change it', async () => {
    const { databases, log } = fixture;
    const site = randomUUID();
    const entry: LogEntry = { kind: 'answers.read', actor: { member: MEMBERS[0]!, role: 'preparer' }, subject: { site, intake: INTAKES[0]!, classes: ['contact'], fields: ['contact.phone'] }, context: { purpose: 'legal' } };
    const id = await databases.records.inSite(site, (tx) => log.append(tx, entry));
    await fixture.sequencer.drain();
    for (const sql of ['UPDATE log_filter SET member = NULL', 'DELETE FROM log_filter', `INSERT INTO log_filter (entry_id, at, kind) VALUES (0, now(), 'log.read')`]) {
      await expect(databases.records.inSite(site, (tx) => tx.query(sql))).rejects.toMatchObject({ code: '42501' });
    }
    const [row] = await databases.recordsOwner('SELECT site_id, kind, intake_id, member, purpose, several FROM log_filter WHERE entry_id = $1', [id]);
    expect(row).toEqual({ site_id: site, kind: 'answers.read', intake_id: INTAKES[0], member: MEMBERS[0], purpose: 'legal', several: null });
  });

  it('show an intake’s entries also after their parts were pruned', async () => {
    const { databases, log } = fixture;
    const [site, intake] = [randomUUID(), randomUUID()];
    const id = await databases.records.inSite(site, (tx) => log.append(tx, { kind: 'answers.written', actor: { member: MEMBERS[0]!, role: 'preparer' }, subject: { site, intake, classes: ['contact'] }, context: {} }));
    await fixture.sequencer.drain();
    await databases.recordsOwner('DELETE FROM log_part WHERE entry_id = $1', [id]);
    await databases.recordsOwner('UPDATE log_filter SET member = NULL WHERE entry_id = $1', [id]);
    const find = (asked: EntryFilter) => databases.records.inSite(site, (tx) => readEntries(tx, asked, null, 10));
    expect((await find({ intake })).map((entry) => entry.id)).toEqual([id]);
    expect(await find({ intake, member: MEMBERS[0]! })).toEqual([]);
  });

  it('pass over subjects that were changed, or are no JSON, and find by a list what other entries name it', async () => {
    const { databases, log } = fixture;
    const site = randomUUID();
    const entry = (): LogEntry => ({ kind: 'answers.read', actor: { member: MEMBERS[0]!, role: 'preparer' }, subject: { site, intake: INTAKES[0]!, classes: ['notes'], fields: ['notes.text'] }, context: { purpose: 'legal' } });
    const ids = await databases.records.inSite(site, (tx) => log.appendAll(tx, [entry(), entry()]));
    await fixture.sequencer.drain();
    const waiting = await databases.records.inSite(site, (tx) => log.append(tx, entry()));
    for (const subject of ['x', '{"classes":["notes"],"fields":7}', '{"classes":["notes"],"fields":["notes.text"]']) {
      for (const id of [ids[1], waiting]) await databases.recordsOwner('UPDATE log_part SET subject = $2 WHERE entry_id = $1', [id, subject]);
      for (const asked of [{ classes: ['notes'] }, { field: 'notes.text' }, { field: 'notes' }] satisfies readonly EntryFilter[]) {
        const found = await databases.records.inSite(site, (tx) => readEntries(tx, asked, null, 10));
        expect([subject, asked, found.some(({ id }) => id === ids[0])]).toEqual([subject, asked, true]);
      }
    }
  });
});
