import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Season } from './season.js';

const SAID = 'exactly this was due and not held';

/** Each test has days of its own, four apart: the numbers of an intake are due after three. */
describe('a run that was cut short when its entries were in the log already', () => {
  let season: Season;
  beforeAll(async () => (season = await Season.start('2027-02-01')));
  afterEach(() => mend());
  afterAll(() => season.end());

  /** The first refuses the certificate, the second what notes in the key store that there is one. */
  const CUTS = [
    ['before its certificate was kept', 'records', 'ALTER TABLE destruction_certificate ADD CONSTRAINT cut CHECK (false) NOT VALID'],
    ['before the key store noted its certificate', 'keys', 'ALTER TABLE destroyed_bucket ADD CONSTRAINT cut CHECK (certified_by IS NULL) NOT VALID'],
  ] as const;

  async function cutRun(database: 'records' | 'keys', how: string): Promise<void> {
    const { recordsOwner, keysOwner } = season.service.databases;
    await (database === 'records' ? recordsOwner : keysOwner)(how);
    expect(await season.watched(() => undefined)).toMatchObject({ state: 'failed' });
    await mend();
    const [{ n }] = (await season.keys('SELECT count(*)::int AS n FROM destroyed_bucket WHERE certified_by IS NULL')) as [{ n: number }];
    expect(n).toBeGreaterThan(0);
  }

  async function mend(): Promise<void> {
    await season.service.databases.recordsOwner('ALTER TABLE destruction_certificate DROP CONSTRAINT IF EXISTS cut');
    await season.service.databases.keysOwner('ALTER TABLE destroyed_bucket DROP CONSTRAINT IF EXISTS cut');
  }

  async function nextSays(): Promise<string> {
    const { note } = await season.certificate(await season.run());
    const { said, failure } = season.check(note, { log: await season.export() });
    expect(failure).toBeUndefined();
    return said;
  }

  it.each(CUTS)('%s: the next one names the same again, and agrees with the log', async (_, database, how) => {
    const from = database === 'records' ? '2027-02-01' : '2027-02-05';
    await season.intake(await season.on(from));
    await season.on(database === 'records' ? '2027-02-04' : '2027-02-08');
    await cutRun(database, how);
    const said = await nextSays();
    expect(said).toContain(SAID);
    expect(said).toMatch(/[1-9]\d* of the buckets stand in the log already/);
  });

  it('and a hold comes in between: it was too late for what is named again', async () => {
    const id = await season.intake(await season.on('2027-02-09'));
    await season.on('2027-02-12');
    await cutRun('records', CUTS[0][2]);
    const hold = await season.hold({ intakes: [id] });
    expect(await nextSays()).toContain(SAID);
    await season.release(hold);
  });

  it('and numbers that died with it begin anew in between', async () => {
    let api = await season.on('2027-02-13');
    const id = await season.intake(api);
    await season.stages(api, id, 'prepared', 'filed');
    api = await season.on('2027-02-16');
    await cutRun('keys', CUTS[1][2]);
    await season.stages(api, id, 'rejected');
    await season.touch(api, id, { taxpayer: { taxpayerId: '900-00-0002' } });
    expect(await nextSays()).toContain(SAID);
  });

  it('but what is named again with more than before is found', async () => {
    await season.intake(await season.on('2027-02-17'));
    await season.on('2027-02-20');
    await cutRun('keys', CUTS[1][2]);
    const later = await season.intake(await season.on('2027-02-20'));
    await season.keys(
      `UPDATE life_share SET due_day = '2027-02-20', bucket_id = (SELECT id FROM destroyed_bucket WHERE class = 'credentials' AND day = '2027-02-20') WHERE intake_id = $1 AND class = 'credentials'`,
      later,
    );
    expect(await season.flawOf(await season.run('unchecked'))).toContain('by the log there was no such thing to destroy: 1 share of credentials');
  });
});

describe('a hold whose entry a crash kept back while a run was on its way', () => {
  it('stands in the log before the result of the run does', async () => {
    const season = await Season.start('2027-02-01');
    try {
      const id = await season.intake(await season.on('2027-02-01'));
      await season.on('2027-02-04');
      const run = await season.watched(async (step) => {
        if (step === 'clean-buckets') await season.holdWithoutEntry({ intakes: [id] });
      });
      expect(run.state).toBe('finished');
      expect(await season.flawOf(run.id)).toBeUndefined();
      const [kept] = await season.keys(`SELECT count(*)::int AS n FROM life_share s JOIN bucket b ON b.id = s.bucket_id WHERE s.intake_id = $1 AND s.class = 'credentials'`, id);
      expect(kept).toEqual({ n: 1 });
    } finally {
      await season.end();
    }
  });
});
