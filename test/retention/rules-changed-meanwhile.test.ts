import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { RecordsDatabase } from '../../src/platform/records-database.js';
import type { RecordsTx } from '../../src/platform/records-tx.js';
import type { CheckedLives } from '../../src/retention/check-lives.js';
import { DestructionCertificates } from '../../src/retention/destruction-certificates.js';
import { DestructionDay } from '../../src/retention/destruction-day.js';
import { SettleHolds } from '../../src/retention/holds/settle-holds.js';
import { LivesByLog } from '../../src/retention/lives-by-log.js';
import { FollowRules } from '../../src/retention/policies/follow-rules.js';
import type { RunOutcome } from '../../src/retention/purge-run.js';
import { RunInputs } from '../../src/retention/run-inputs.js';
import { RunJournal } from '../../src/retention/run-journal.js';
import { RunPurge } from '../../src/retention/run-purge.js';
import { Sweep } from '../../src/retention/sweep.js';
import type { Progress } from '../../src/retention/sweep-dead.js';
import { KeyStore } from '../../src/vault/key-store.js';
import { Season } from './check/season.js';

/** Looks at everything, and has something happen once when a first part of that is done. */
class Interrupted extends RunInputs {
  meanwhile: () => Promise<unknown> = () => Promise.resolve();

  override check(progress: Progress): Promise<CheckedLives> {
    return super.check(async (done, total) => {
      const once = this.meanwhile;
      this.meanwhile = () => Promise.resolve();
      await once();
      await progress(done, total);
    });
  }
}

let season: Season;
let id: string;
beforeAll(async () => {
  season = await Season.start('2027-02-01');
  await season.service.app.get(FollowRules).onApplicationShutdown(); // nothing follows but here
  const api = await season.on('2027-02-01');
  id = await season.intake(api);
  await season.touch(api, id, { consents: { form15080GivenOn: '2027-02-01' } });
});
afterAll(() => season.end());

/** There is a change to follow, so that the look at everything is done twice. */
beforeEach(async () => {
  await move('2027-06-01');
});

async function move(seasonEnd: string): Promise<void> {
  const { status } = await season.service.api('administrator').patch('/api/site', { seasonEnd });
  expect(status).toBe(200);
}

function runWith(meanwhile: () => Promise<unknown>): Promise<RunOutcome> {
  const { app } = season.service;
  const inputs = new Interrupted(app.get(RecordsDatabase), app.get(KeyStore), app.get(LivesByLog), app.get(SettleHolds));
  inputs.meanwhile = meanwhile;
  return new RunPurge(app.get(KeyStore), app.get(DestructionDay), inputs, app.get(RunJournal), app.get(DestructionCertificates), app.get(Sweep)).execute('command');
}

async function consentsEnd(): Promise<unknown> {
  const [row] = await season.keys(`SELECT due_day FROM life_share WHERE intake_id = $1 AND class = 'consents'`, id);
  return row?.['due_day'];
}

describe('a rule that changes while a run looks at everything that lives', () => {
  it('is followed, and nobody is accused', async () => {
    const outcome = await runWith(() => move('2027-08-01'));
    expect(outcome).toMatchObject({ state: 'finished' });
    expect(await consentsEnd()).toBe('2027-08-01');
    expect(JSON.parse((await season.certificate(outcome.id)).body)).toMatchObject({ corrected: 0 });
    expect(await season.flawOf(outcome.id)).toBeUndefined();
  });

  it('also when somebody else has followed it by then', async () => {
    const outcome = await runWith(async () => {
      await move('2027-08-01');
      await season.service.app.get(FollowRules).now();
      await season.keys(`UPDATE life_share SET due_day = '2027-06-01' WHERE intake_id = $1 AND class = 'consents'`, id); // as one that had not been yet
    });
    expect(outcome).toMatchObject({ state: 'finished' });
    expect(await consentsEnd()).toBe('2027-08-01');
  });

  it('hides nothing that was written by hand', async () => {
    const outcome = await runWith(async () => {
      await move('2027-08-01');
      await season.keys('UPDATE life_share SET tax_year = 2019 WHERE intake_id = $1', id);
    });
    expect(outcome).toMatchObject({ state: 'failed', reason: 'inputs-changed', changed: `intake ${id}` });
    expect(await season.keys('SELECT DISTINCT tax_year FROM life_share WHERE intake_id = $1', id)).toEqual([{ tax_year: 2026 }]);
    expect(await runWith(() => Promise.resolve())).toMatchObject({ state: 'finished' });
  });

  it('and the look that follows it puts nothing right in silence that was written by hand before', async () => {
    const { app, databases } = season.service;
    await move('2027-08-01');
    await databases.recordsOwner(`UPDATE intake SET stage = 'withdrawn', done_day = '2027-01-02' WHERE id = $1`, [id]);
    await app.get(FollowRules).now();
    expect(await runWith(() => Promise.resolve())).toMatchObject({ state: 'failed', reason: 'inputs-changed', changed: `intake ${id}` });
    expect(await databases.recordsOwner('SELECT stage, done_day FROM intake WHERE id = $1', [id])).toEqual([{ stage: 'open', done_day: null }]);
    expect([await runWith(() => Promise.resolve()), await consentsEnd()]).toMatchObject([{ state: 'finished' }, '2027-08-01']);
  });

  it('and a day written by hand without any is still found', async () => {
    const early = () => season.keys(`UPDATE life_share SET due_day = '2027-02-01' WHERE intake_id = $1 AND class = 'consents'`, id);
    expect(await runWith(early)).toMatchObject({ state: 'failed', reason: 'inputs-changed' });
    expect(await consentsEnd()).toBe('2027-06-01');
  });

  it('between a look at the log and one at a site’s row is no row that was written by hand', async () => {
    const { app } = season.service;
    const records = app.get(RecordsDatabase);
    let once = () => move('2027-08-02');
    const between = new Proxy(records, {
      get: (target, name: keyof RecordsDatabase) => (name !== 'acrossSites' ? target[name] : (work: (tx: RecordsTx) => Promise<unknown>) => target.acrossSites((tx) => work(interrupted(tx)))),
    });
    const interrupted = (tx: RecordsTx): RecordsTx => new Proxy(tx, {
      get: (target, name: keyof RecordsTx) => (name !== 'query' ? target[name] : async (sql: string, parameters?: readonly unknown[]) => {
        const rows = await target.query(sql, parameters);
        if (sql.includes("e.kind = 'site.changed'")) await [once, (once = () => Promise.resolve())][0]!();
        return rows;
      }),
    });
    const inputs = new RunInputs(between, app.get(KeyStore), app.get(LivesByLog), app.get(SettleHolds));
    expect(await inputs.check(() => Promise.resolve())).toMatchObject({ corrected: [] });
    expect(await consentsEnd()).toBe('2027-08-02');
  });

  it('moves nothing that is dead and waits to be swept, by where it lies', async () => {
    await season.service.app.get(FollowRules).now();
    await season.keys(`DELETE FROM bucket WHERE id = (SELECT bucket_id FROM life_share WHERE intake_id = $1 AND class = 'documents')`, id);
    const places = async () => (await season.keys(`SELECT class, ctid::text AS place FROM life_share WHERE intake_id = $1 AND class <> 'consents' ORDER BY class`, id));
    const before = await places();
    await move('2027-08-03');
    await season.service.app.get(FollowRules).now();
    expect([await consentsEnd(), await places()]).toEqual(['2027-08-03', before]);
  });
});
