import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SettleHolds } from '../../../src/retention/holds/settle-holds.js';
import { isHeldSince, type HeldSpan } from '../../../src/retention/verification/check-missing.js';
import { VerifySections } from '../../../src/retention/verification/verify-sections.js';
import { verifyLive } from '../../../src/commands/verify-log.js';
import { startTestService, type TestService } from '../../support/test-service.js';

/** Earlier versions under a legal hold that a superuser of the records works on, found without any key. */
describe('the earlier versions that a hold keeps', () => {
  let service: TestService;
  let one: string;
  let two: string;
  const sql = (text: string, ...parameters: unknown[]) => service.databases.recordsOwner(text, parameters);
  const verify = () => service.app.get(VerifySections).execute('command');
  const save = (id: string, version: number, firstName: string) =>
    service.api('preparer').patch(`/api/intakes/${id}`, { version, answers: { taxpayer: { firstName } } }).expect(200);

  beforeAll(async () => {
    service = await startTestService();
    const start = async () => ((await service.api('preparer').post('/api/intakes', { taxYear: 2026, answers: { taxpayer: { firstName: 'Noor' } } })).body as { id: string }).id;
    [one, two] = [await start(), await start()] as [string, string];
    await service.api('administrator').post('/api/holds', { matter: '2027-CV-0142', scope: { intakes: [one, two], classes: ['identity', 'contact'] } }).expect(201);
    for (const id of [one, two]) for (const [at, name] of ['Robin', 'Sam'].entries()) await save(id, at + 1, name);
    await sql('CREATE TABLE untouched AS TABLE preserved_section');
    await sql('CREATE TABLE parts AS TABLE log_part');
  });
  afterEach(async () => {
    await sql('DELETE FROM preserved_section');
    await sql('INSERT INTO preserved_section SELECT * FROM untouched WHERE intake_id IN (SELECT id FROM intake)');
    await sql('UPDATE log_part p SET context = k.context FROM parts k WHERE k.entry_id = p.entry_id AND k.context <> p.context');
  });
  afterAll(() => service.stop());

  it('are good when nobody touched them, and are counted', async () => {
    expect(await verify()).toEqual({ sections: 2 * 9 + 2 * 2 * 2, findings: [], total: 0 });
  });

  const it1 = `class = 'identity' AND version = 1 AND intake_id = $1`;
  const exchanged = (how: string) => `UPDATE preserved_section s SET sealed = o.sealed FROM untouched o WHERE ${how} AND s.class = 'identity' AND s.version = 1 AND s.intake_id = $1`;
  it.each([
    ['edited', `UPDATE preserved_section SET sealed = set_byte(sealed, 200, (get_byte(sealed, 200) + 1) % 256) WHERE ${it1}`, 'preserved-changed'],
    ['edited in its salt', `UPDATE preserved_section SET sealed = set_byte(sealed, 50, (get_byte(sealed, 50) + 1) % 256) WHERE ${it1}`, 'preserved-changed'],
    ['edited in its header', `UPDATE preserved_section SET sealed = set_byte(sealed, 20, (get_byte(sealed, 20) + 1) % 256) WHERE ${it1}`, 'preserved-foreign'],
    ['cut short', `UPDATE preserved_section SET sealed = substr(sealed, 1, 150) WHERE ${it1}`, 'preserved-changed'],
    ['filed under another site', `UPDATE preserved_section SET site_id = gen_random_uuid() WHERE ${it1}`, 'preserved-foreign'],
    ['of another version', exchanged('o.class = s.class AND o.intake_id = s.intake_id AND o.version = 2'), 'preserved-changed'],
    ['what is there today', `UPDATE preserved_section s SET sealed = o.sealed FROM section o WHERE o.class = s.class AND o.intake_id = s.intake_id AND s.class = 'identity' AND s.version = 1 AND s.intake_id = $1`, 'preserved-changed'],
    ['another intake’s', exchanged('o.class = s.class AND o.intake_id <> s.intake_id AND o.version = 1'), 'preserved-foreign'],
    ['another class’s', exchanged(`o.class = 'contact' AND o.intake_id = s.intake_id AND o.version = 1`), 'preserved-foreign'],
    ['of a write whose entry was edited', `UPDATE log_part SET context = context || ' ' WHERE entry_id = (SELECT min(id) FROM log_entry WHERE intake_id = $1 AND kind = 'intake.created')`, 'preserved-untold'],
  ])('one that is %s is found', async (_what, change, kind) => {
    await sql(change, one);
    const { findings } = await verify();
    expect(findings.filter(({ class: name }) => name === 'identity')).toEqual([{ kind, siteId: expect.any(String), intakeId: one, class: 'identity' }]);
    expect(findings.filter(({ intakeId }) => intakeId !== one)).toEqual([]);
  });

  it('one that is of a version that there never was is found, and the one that it was is missed', async () => {
    await sql(`UPDATE preserved_section SET version = 77 WHERE ${it1}`, one);
    expect((await verify()).findings.map(({ kind, class: name }) => [kind, name])).toEqual([['preserved-untold', 'identity'], ['preserved-missing', 'identity']]);
  });

  it.each([
    ['alone', `DELETE FROM preserved_section WHERE ${it1}`],
    ['and exchanged for the next', `DELETE FROM preserved_section WHERE class = 'identity' AND version = 2 AND intake_id = $1`],
    ['and put with another intake', `UPDATE preserved_section SET intake_id = (SELECT intake_id FROM section WHERE intake_id <> $1 LIMIT 1), version = 9 WHERE ${it1}`],
  ])('one that was removed %s is missed', async (_how, change) => {
    await sql(change, one);
    const missing = (await verify()).findings.filter(({ kind }) => kind === 'preserved-missing');
    expect(missing).toEqual([{ kind: 'preserved-missing', siteId: expect.any(String), intakeId: one, class: 'identity' }]);
  });

  it('are not missed after a time in which no hold kept them: a sweep may have come', async () => {
    const keys = (text: string) => service.databases.keysOwner(text);
    await sql('DELETE FROM preserved_section');
    expect((await verify()).total).toBe(8);
    await keys(`INSERT INTO hold (id, placed_at) VALUES (gen_random_uuid(), (SELECT max(placed_at) + interval '1 hour' FROM hold WHERE NOT sentinel))`);
    await keys(`UPDATE hold SET released_at = placed_at + interval '30 minutes' WHERE NOT sentinel AND classes IS NOT NULL`);
    expect(await verify()).toMatchObject({ total: 0 });
    await keys(`UPDATE hold SET released_at = placed_at + interval '90 minutes' WHERE NOT sentinel AND classes IS NOT NULL`);
    expect((await verify()).total).toBe(8);
    await keys('DELETE FROM hold WHERE NOT sentinel AND classes IS NULL');
    await keys('UPDATE hold SET released_at = NULL WHERE NOT sentinel');
  });

  it.each([
    ['narrowed', `UPDATE hold SET classes = '{contact}' WHERE NOT sentinel`],
    ['ended', 'UPDATE hold SET released_at = now() WHERE NOT sentinel'],
    ['taken away', 'DELETE FROM hold WHERE NOT sentinel'],
  ])('are missed although the hold was %s and put back since: it counts from when it was placed', async (_how, change) => {
    const placed = () => service.databases.keysOwner<{ placed_at: Date }>('SELECT placed_at FROM hold WHERE NOT sentinel');
    const [before] = await placed();
    service.clock.advanceDays(1);
    await service.databases.keysOwner(change);
    await service.app.get(SettleHolds).run();
    const [after] = await placed();
    expect(Math.abs(after!.placed_at.getTime() - before!.placed_at.getTime())).toBeLessThan(1_001); // an entry knows whole seconds
    await sql(`DELETE FROM preserved_section WHERE ${it1}`, one);
    expect((await verify()).findings.map(({ kind, class: name }) => [kind, name])).toEqual([['preserved-missing', 'identity']]);
  });

  it('are named by the command, which fails', async () => {
    await sql(`UPDATE preserved_section SET sealed = substr(sealed, 1, 150) WHERE ${it1}`, one);
    const said: string[] = [];
    await expect(verifyLive(service.app, { sections: true }, (line) => said.push(line))).rejects.toThrow('Stored answers are not as they were written.');
    expect(said[0]).toBe(`Intake ${one}, identity: an earlier version that a legal hold keeps is not as its write left it.`);
  });

  it('are missed with their intake', async () => {
    await sql('DELETE FROM intake WHERE id = $1', two);
    const missing = (await verify()).findings.filter(({ kind }) => kind === 'preserved-missing');
    expect(missing.map(({ intakeId, class: name }) => `${name} ${intakeId}`).sort()).toEqual([...[1, 2].map(() => `contact ${two}`), ...[1, 2].map(() => `identity ${two}`)]);
  });
});

describe('a share is held since then', () => {
  it('where at every moment until now one hold or another is in force', () => {
    const hours = fc.integer({ min: 0, max: 12 });
    const spans = fc.array(fc.tuple(hours, fc.option(hours, { nil: null, freq: 3 })), { maxLength: 5 });
    fc.assert(
      fc.property(spans, hours, (held, since) => {
        const isCovered = (at: number) => held.some(([from, until]) => from <= at && (until === null || until > at));
        const moments = Array.from({ length: 26 }, (_, i) => i / 2).filter((at) => at >= since);
        const inMs: HeldSpan[] = held.map(([from, until]) => [from * 3_600_000, until === null ? null : until * 3_600_000]);
        // Held now means a hold that has no end.
        const isHeldNow = held.some(([from, until]) => until === null && from <= 12.5);
        expect(isHeldSince(inMs, since * 3_600_000)).toBe(isHeldNow && moments.every(isCovered));
      }),
    );
  });
});
