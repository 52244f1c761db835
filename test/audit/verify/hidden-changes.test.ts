import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { TamperedLog } from './tampered-log.js';

let log: TamperedLog;
beforeAll(async () => (log = await TamperedLog.make()));
afterEach(() => log.undo());
afterAll(() => log.close());

/** A leaf and its hash, alike. */
const change = (index: number): string => `
  UPDATE log_entry SET leaf = replace(leaf, '"time":"2027', '"time":"2026'), at = at - interval '1 year' WHERE id = (SELECT entry_id FROM log_index WHERE index = ${index});
  UPDATE log_index SET leaf_hash = sha256('\\x00'::bytea || convert_to((SELECT leaf FROM log_entry WHERE id = entry_id), 'UTF8')) WHERE index = ${index};
  UPDATE log_filter SET at = at - interval '1 year' WHERE entry_id = (SELECT entry_id FROM log_index WHERE index = ${index})`;
const kinds = async (): Promise<readonly string[]> => (await log.found()).map(({ kind }) => kind);

describe('beside something that was found before, and that nobody can mend', () => {
  it('a change of leaf and hash between the same checkpoints is named, after what is known to the entry', async () => {
    const { clock, sequencer, signer } = log.fixture;
    await log.sql('DELETE FROM log_part WHERE entry_id IN (SELECT entry_id FROM log_pending); DELETE FROM log_entry WHERE id IN (SELECT entry_id FROM log_pending); DELETE FROM log_pending');
    await log.appendOne();
    clock.setTo(new Date('2027-03-01T17:00:00Z'));
    for (let i = 0; i < 3; i++) await log.appendOne();
    await sequencer.drain();
    await signer.sign();
    expect(await kinds()).toEqual(['counter-missing']);
    await log.sql(change(45));
    const { findings, total } = await log.verify();
    expect(findings).toMatchObject([{ kind: 'counter-missing', from: 42, to: 43 }, { kind: 'changed', from: 41, to: 47 }]);
    expect(total).toBe(2);
  });
});

describe('beside something that is not of the log', () => {
  it('a changed time of a checkpoint is named', async () => {
    await log.sql(`UPDATE log_checkpoint SET signed_at = signed_at + interval '1 day'`);
    expect(await kinds()).toEqual(['recorded-differs']);
    const found = (await log.found([{ name: 'of another log', note: 'none' }])).map(({ kind, name }) => [kind, name]);
    expect(found).toEqual([['checkpoint-malformed', 'of another log'], ['recorded-differs', undefined]]);
  });
});

describe('behind a view that the owner of the database replaced', () => {
  it('what an entry is filed by is named, where it is not what the entry says', async () => {
    const [view] = await log.sql<{ terms: string }>(`SELECT pg_get_viewdef('log_entry_terms'::regclass) AS terms`);
    const nobody = view!.terms.replace(/CASE\s+WHEN \(?starts_with\(p\.actor.*?END AS member/s, 'NULL::uuid AS member');
    expect(nobody).not.toBe(view!.terms);
    await log.sql(`CREATE OR REPLACE VIEW log_entry_terms AS ${nobody}`);
    try {
      await log.appendOne();
      await log.fixture.sequencer.drain();
      expect(await log.found()).toEqual([{ kind: 'filter-changed', index: 43, entryId: expect.any(Number) }, { kind: 'filter-changed', index: 44, entryId: expect.any(Number) }]);
    } finally {
      await log.sql(`CREATE OR REPLACE VIEW log_entry_terms WITH (security_invoker = true) AS ${view!.terms}`);
    }
  });
});
