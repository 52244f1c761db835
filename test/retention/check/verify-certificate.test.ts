import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DEFAULT_POLICY } from '../../../src/retention/default-policy.js';
import { spawnProgram } from '../../support/spawned.js';
import { Season } from './season.js';

describe('a certificate is checked against the log alone', () => {
  let season: Season;
  const runs = new Map<string, string>();
  beforeAll(async () => {
    season = await Season.start('2027-02-01');
    const run = async (day: string) => void runs.set(day, await season.run());
    let api = await season.on('2027-02-01');
    const [left, touched, done, held, rejected] = [
      await season.intake(api), await season.intake(api), await season.intake(api), await season.intake(api), await season.intake(api),
    ];
    await run('2027-02-01');
    api = await season.on('2027-02-03');
    await season.touch(api, touched);
    await season.stages(api, done, 'prepared');
    await season.stages(api, rejected, 'prepared', 'filed');
    const hold = await season.hold({ intakes: [held] });
    await season.on('2027-02-04');
    await run('2027-02-04'); // `left`, by three days untouched; not `held`
    api = await season.on('2027-02-07');
    await run('2027-02-07'); // `touched`, `done` and `rejected`: a bucket of a day before
    await season.stages(api, rejected, 'rejected');
    await season.touch(api, rejected, { taxpayer: { taxpayerId: '900-00-0002' } });
    await season.on('2027-02-10');
    await season.release(hold);
    await run('2027-02-10'); // the numbers of `held`, and those that began anew
    api = await season.on('2027-02-15');
    await season.stages(api, done, 'filed', 'accepted', 'done');
    await season.touch(api, touched);
    await run('2027-02-15');
    await season.on('2027-03-03');
    await run('2027-03-03'); // a mixed bucket: `left` and `held` go, `touched` is moved
    await season.on('2027-03-25');
    await run('2027-03-25'); // the rest
    expect([left, touched, done, held, rejected]).toHaveLength(5);
  });
  afterAll(() => season.end());

  it('on every day of a season: touches, stages, a hold, numbers that begin anew, buckets that are moved', async () => {
    const log = await season.export();
    let destroyed = 0;
    for (const [day, run] of runs) {
      const { note, body } = await season.certificate(run);
      expect([day, season.check(note, { log }).failure]).toEqual([day, undefined]);
      destroyed += (JSON.parse(body) as { buckets: { shares: number }[] }).buckets.reduce((sum, { shares }) => sum + shares, 0);
    }
    expect(destroyed).toBe(5 * 9 + 1);
  });

  it('and says with which key, and that the export’s own may be anyone’s', async () => {
    const log = await season.export();
    const { note, body } = await season.certificate(runs.get('2027-03-03')!);
    const { text } = await season.service.api().get('/api/audit/vkey');
    expect(season.check(note, { log }).said).toContain('Whoever made the export may have made this key.');
    const given = season.check(note, { log, key: text.trim() });
    expect([given.failure, given.said.includes('Key: the one given')]).toEqual([undefined, true]);
    expect(season.check(note, { key: text }).said).toContain('Nothing else was checked.');
    const answer = { id: '', certificate: JSON.parse(body) as object, note };
    expect(season.check(JSON.stringify(answer), { key: text }).failure).toBeUndefined();
  });

  it('by the command, which fails when anything does', async () => {
    const log = await season.export();
    const { note } = await season.certificate(runs.get('2027-03-03')!);
    expect(await command(note, log)).toEqual([0, expect.stringContaining('exactly this was due and not held')]);
    expect(await command(note.replace('2027-03-03', '2027-03-04'), log)).toEqual([1, expect.stringContaining('it was changed')]);
  });

  async function command(text: string, log: string): Promise<readonly [number | null, string]> {
    writeFileSync(join(season.directory, 'given.txt'), text);
    const program = spawnProgram('cli', ['verify-certificate', 'given.txt', '--log', log], season.directory);
    return [await program.end(), program.printed()];
  }
});

describe('a policy that was announced and taken back before its day', () => {
  it('is none that certificates are judged by, before that day and from it on', async () => {
    const season = await Season.start('2027-02-01');
    try {
      const early = await season.intake(await season.on('2027-02-01'));
      const version = await season.publish({ ...DEFAULT_POLICY, classes: { ...DEFAULT_POLICY.classes, identity: { rules: FIVE_DAYS } } }, '2027-03-05');
      const hold = await (await season.administrators())[0].post('/api/holds', { matter: '2027-CV-0142', scope: { taxYear: 1999 } });
      expect([version, hold.status]).toEqual([2, 201]);
      const left = await season.intake(await season.on('2027-02-25'));
      await season.on('2027-03-03');
      const before = await season.run();
      await season.on('2027-03-05');
      const onItsDay = await season.run();
      await season.on('2027-03-27');
      const after = await season.run();
      const log = await season.export();
      for (const run of [before, onItsDay, after]) {
        const { note, body } = await season.certificate(run);
        expect(season.check(note, { log }).failure).toBeUndefined();
        expect(JSON.parse(body)).toMatchObject({ policyVersion: 1 });
      }
      expect(early).not.toBe(left);
    } finally {
      await season.end();
    }
  });
});

const FIVE_DAYS = [{ trigger: 'done', days: 5 }, { trigger: 'untouched', days: 5 }] as const;
