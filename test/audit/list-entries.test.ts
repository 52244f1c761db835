import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EntryFilter } from '../../src/audit/entry-filter.js';
import { commitment } from '../../src/audit/leaf.js';
import { listEntries, type EntryPage } from '../../src/audit/list-entries.js';
import { logFixture, MEMBER, reading, writing, type LogFixture } from './log-fixture.js';

let fixture: LogFixture;
beforeAll(async () => (fixture = await logFixture()));
afterAll(() => fixture.databases.close());

const list = (site: string, filter?: EntryFilter, cursor?: string): Promise<EntryPage> =>
  fixture.databases.records.inSite(site, (tx) => listEntries(tx, filter, cursor));

describe('the list of entries', () => {
  it('is newest first and says how far each has come', async () => {
    const { sequencer, signer, write, site } = fixture;
    await write(1);
    await sequencer.drain();
    await signer.sign();
    await sequencer.drain();
    await write(1);
    await sequencer.drain();
    await write(1);
    const { entries, next } = await list(site);
    expect(next).toBeUndefined();
    expect(entries.map(({ kind, place }) => [kind, place])).toEqual([
      ['answers.read', { state: 'pending' }],
      ['answers.read', { state: 'integrated', index: 2 }],
      ['log.origin', { state: 'integrated', index: 1 }],
      ['answers.read', { state: 'published', index: 0 }],
    ]);
    const { parts } = entries[0]!;
    expect(parts).toMatchObject({ actor: { member: MEMBER }, subject: { site }, context: { purpose: 'prepare' } });
    expect(entries[0]!.at).toEqual(new Date(Math.floor(entries[0]!.at.getTime() / 1000) * 1000));
  });

  it("shows a site its own entries and the organisation's, and no other site's", async () => {
    const { entries } = await list(randomUUID());
    expect(entries.map(({ kind }) => kind)).toEqual(['log.origin']);
  });

  it('goes through pages without losing or repeating one', async () => {
    const { databases, log } = fixture;
    const site = randomUUID();
    const entries = Array.from({ length: 120 }, () => reading(site));
    const written = await databases.records.inSite(site, (tx) => log.appendAll(tx, entries));
    const seen: number[] = [];
    let cursor: string | undefined;
    do {
      const page: EntryPage = await list(site, { kinds: ['answers.read'] }, cursor);
      seen.push(...page.entries.map(({ id }) => id));
      cursor = page.next;
    } while (cursor !== undefined);
    expect(seen).toEqual([...written].reverse());
    await expect(list(site, {}, '1; DROP TABLE log_entry')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('filters by kind, member, intake and time', async () => {
    const { databases, log, clock } = fixture;
    const site = randomUUID();
    const intake = randomUUID();
    const other = { ...reading(site), actor: { member: randomUUID(), role: 'preparer' as const } };
    const both = { site, intakes: [intake, randomUUID()], classes: ['identity' as const], fields: ['taxpayer.lastName'] };
    const listed = { ...reading(site), kind: 'intake.listed' as const, subject: both };
    const entries = [reading(site, intake), writing(site, intake, 'ab'.repeat(32)), other, listed];
    await databases.records.inSite(site, (tx) => log.appendAll(tx, entries));
    const noon = clock.now();
    const kindsOf = async (filter: EntryFilter) => {
      const page = await list(site, filter);
      return page.entries.map(({ kind }) => kind).filter((kind) => kind !== 'log.origin');
    };
    expect(await kindsOf({ kinds: ['answers.written'] })).toEqual(['answers.written']);
    expect(await kindsOf({ intake })).toEqual(['intake.listed', 'answers.written', 'answers.read']);
    expect(await kindsOf({ member: MEMBER })).toEqual(['intake.listed', 'answers.written', 'answers.read']);
    expect(await kindsOf({ from: new Date(noon.getTime() + 60_000) })).toEqual([]);
    expect(await kindsOf({ before: new Date(noon.getTime() + 60_000) })).toHaveLength(4);
  });

  it('says nothing more of an entry whose parts were pruned', async () => {
    const { databases, log } = fixture;
    const site = randomUUID();
    const id = await databases.records.inSite(site, (tx) => log.append(tx, reading(site)));
    await databases.recordsOwner('DELETE FROM log_part WHERE entry_id = $1', [id]);
    const { entries } = await list(site, { kinds: ['answers.read'] });
    expect(entries).toEqual([{ id, kind: 'answers.read', at: expect.any(Date), site, parts: undefined, place: { state: 'pending' }, leaf: expect.any(String), salts: undefined }]);
  });

  it('shows an entry whose parts were changed all the same, says which, and shows nothing that it does not commit to', async () => {
    const { databases, log } = fixture;
    const site = randomUUID();
    const id = await databases.records.inSite(site, (tx) => log.append(tx, reading(site)));
    const [row] = await databases.recordsOwner<{ actor: string; leaf: string; at: Date }>('SELECT p.actor, e.leaf, e.at FROM log_part p JOIN log_entry e ON e.id = p.entry_id WHERE e.id = $1', [id]);
    const forged = row!.actor.replace(MEMBER, randomUUID());
    const changes: readonly (readonly [string, string, object])[] = [
      [`log_part SET actor = 'x'`, 'actor', { damaged: ['actor'], parts: { subject: { site }, context: { purpose: 'prepare' } } }],
      [`log_part SET actor = '${forged}'`, 'actor', { damaged: ['actor'], parts: { subject: { site } } }],
      [`log_part SET subject = 'null'`, 'subject', { damaged: ['subject'], parts: { actor: { member: MEMBER }, context: { purpose: 'prepare' } } }],
      [`log_part SET context = '{"purpose":"prepare"}'`, 'context', { damaged: ['context'], parts: { actor: { member: MEMBER } } }],
      [`log_part SET actor_salt = '\\x00'`, 'actor', { damaged: ['actor'] }],
      [`log_entry SET leaf = 'x'`, 'actor', { damaged: ['kind', 'time', 'actor', 'subject', 'context'], kind: 'answers.read', at: row!.at, parts: {} }],
      [`log_entry SET kind = 'shoe.size'`, 'context', { damaged: ['kind'], kind: 'answers.read' }],
      [`log_entry SET at = 'infinity'`, 'context', { damaged: ['time'], at: row!.at }],
    ];
    for (const [change, missing, shown] of changes) {
      const table = change.split(' ')[0]!;
      const key = table === 'log_part' ? 'entry_id' : 'id';
      const [before] = await databases.recordsOwner<{ row: string }>(`SELECT ${table}::text AS row FROM ${table} WHERE ${key} = $1`, [id]);
      await databases.recordsOwner(`UPDATE ${change} WHERE ${key} = $1`, [id]);
      const entry = (await list(site)).entries.find((one) => one.id === id);
      expect([change, entry]).toEqual([change, expect.objectContaining({ id })]);
      expect(entry).toMatchObject(shown);
      if (table === 'log_part') expect([change, Object.keys(entry!.parts!)]).toEqual([change, expect.not.arrayContaining([missing])]);
      await databases.recordsOwner(`DELETE FROM ${table} WHERE ${key} = $1`, [id]);
      await databases.recordsOwner(`INSERT INTO ${table} OVERRIDING SYSTEM VALUE SELECT (($1)::${table}).*`, [before!.row]);
    }
    expect((await list(site)).entries.find((one) => one.id === id)).not.toHaveProperty('damaged');
  });

  it('is not brought down by parts that are none, with a leaf that commits to them', async () => {
    const { databases, log } = fixture;
    const site = randomUUID();
    const id = await databases.records.inSite(site, (tx) => log.append(tx, reading(site)));
    const salt = Buffer.alloc(32, 7);
    for (const text of ['x', 'null', '[]', '{"intakes":3}', '{"__proto__":1}', '{"hasOwnProperty":"run"}', '{"shoe":"size"}']) {
      const commits = commitment({ text, salt });
      await databases.recordsOwner('UPDATE log_part SET subject = $2, subject_salt = $3 WHERE entry_id = $1', [id, text, salt]);
      await databases.recordsOwner(`UPDATE log_entry SET leaf = (leaf::jsonb || jsonb_build_object('subject', $2::text))::text WHERE id = $1`, [id, commits]);
      const entry = (await list(site)).entries.find((one) => one.id === id);
      expect([text, entry?.damaged?.includes('subject')]).toEqual([text, true]);
    }
  });
});
