import { cpSync, mkdtempSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { entryBundle, leavesOf } from '../../../src/audit/export/entry-bundle.js';
import { formatVerifierKey, verifierKey } from '../../../src/audit/verifier-key.js';
import { Season, type Forgery } from './season.js';

const DISAGREES = 'The certificate does not agree with the log:';

describe('a certificate, or an export, that was tampered with', () => {
  let season: Season;
  let note: string;
  let body: string;
  let log: string;
  beforeAll(async () => {
    season = await Season.start('2027-02-01');
    const api = await season.on('2027-02-01');
    await season.intake(api);
    await season.on('2027-03-03');
    ({ note, body } = await season.certificate(await season.run()));
    log = await season.export();
    expect(season.check(note, { log }).failure).toBeUndefined();
  });
  afterAll(() => season.end());

  /** A copy of the export with one file changed. */
  function changed(path: RegExp, change: (bytes: Buffer) => Buffer): string {
    const copy = mkdtempSync(join(season.directory, 'copy-'));
    cpSync(log, copy, { recursive: true });
    const file = readdirSync(copy, { recursive: true, encoding: 'utf8' }).find((name) => path.test(name) && statSync(join(copy, name)).isFile())!;
    writeFileSync(join(copy, file), change(readFileSync(join(copy, file))));
    return copy;
  }
  const failureWith = (directory: string) => season.check(note, { log: directory }).failure;
  const text = (change: (before: string) => string) => (bytes: Buffer) => Buffer.from(change(bytes.toString('utf8')));

  it.each([
    ['says another day', (it: string) => it.replace('"2027-03-03"', '"2027-03-04"')],
    ['leaves a bucket out', (it: string) => it.replace(/\{"class":"identity"[^{}]*\{[^{}]*\}[^{}]*\},?/, '')],
    ['has no signature', (it: string) => it.slice(0, it.indexOf('\n\n') + 1)],
    ['is something else', () => 'Lorem ipsum\n'],
  ])('is refused when it %s', (_, change) => {
    expect(change(note)).not.toBe(note);
    expect(season.check(change(note), { log }).failure).toContain('This is no destruction certificate that this key has signed');
  });

  it('is refused when the JSON around it says something else', () => {
    const certificate = { ...(JSON.parse(body) as object), moved: 7 };
    expect(season.check(JSON.stringify({ certificate, note }), { log }).failure).toContain('something else than what was signed');
  });

  it('is refused under another key, and without any', () => {
    const { origin: name } = (JSON.parse(body) as { log: { origin: string } }).log;
    const other = formatVerifierKey(verifierKey(name, generateKeyPairSync('ed25519').publicKey));
    expect(season.check(note, { log, key: other }).failure).toContain('This is no destruction certificate that this key has signed');
    expect(season.check(note, { key: 'nonsense' }).failure).toContain('This is no verifier key');
    expect(season.check(note, {}).failure).toContain('Give the log’s verifier key');
    expect(failureWith(changed(/^vkey$/, () => Buffer.from(`${other}\n`)))).toContain('This is no destruction certificate that this key has signed');
  });

  it('is refused when the checkpoint is another', () => {
    expect(failureWith(changed(/^checkpoint$/, text((it) => it.replace(/\n(\d+)\n/, (_, size: string) => `\n${Number(size) - 1}\n`))))).toContain('The checkpoint of the export is not signed with this key.');
  });

  it.each([
    ['removed', (leaves: readonly Buffer[]) => leaves.toSpliced(3, 1), 'does not hold'],
    ['changed', (leaves: readonly Buffer[]) => leaves.with(3, Buffer.from(leaves[3]!.toString().replace('"v":1', '"v":2'))), 'one was changed, removed or moved'],
    ['moved', (leaves: readonly Buffer[]) => leaves.with(3, leaves[4]!).with(4, leaves[3]!), 'one was changed, removed or moved'],
  ])('is refused when an entry of the log was %s', (_, change, message) => {
    const other = changed(/^tile\/entries\//, (bytes) => entryBundle(change(leavesOf(bytes)!).map((leaf) => leaf.toString('utf8'))));
    expect(failureWith(other)).toContain(message);
  });

  it('is refused when what an entry says was changed', () => {
    const other = changed(/^parts\//, text((it) => it.replaceAll('touchedDay\\":\\"2027-02-01', 'touchedDay\\":\\"2027-01-01')));
    expect(failureWith(other)).toMatch(/^Entry \d+: its context is not what the signed entry commits to\.$/);
    expect(failureWith(changed(/^parts\//, text((it) => it.replace(/.*intake\\".*\n/, ''))))).toMatch(/^Entry \d+: its disclosed parts are missing\.$/);
  });

  it('is refused when the file is not there', () => {
    expect(season.check(note, { log: join(season.directory, 'nowhere') }).failure).toBe('The export has no readable vkey.');
  });
});

describe('a run that destroyed something else than what was due', () => {
  let season: Season;
  beforeAll(async () => {
    season = await Season.start('2027-02-01');
  });
  afterAll(() => season.end());

  /** A new intake of a day, and a look at its own shares alone: each test has its days for itself. */
  async function intakeOn(day: string): Promise<string> {
    return season.intake(await season.on(day));
  }

  it('is found when it left something out', async () => {
    const id = await intakeOn('2027-02-01');
    await season.keys(`DELETE FROM life_share WHERE intake_id = $1 AND class = 'credentials'`, id);
    await season.on('2027-02-04');
    expect(await season.flawOf(await season.run('unchecked'))).toBe(`${DISAGREES}\n- Due and not destroyed: 1 share of credentials at site ${season.siteId}, due on 2027-02-04.`);
  });

  it('is found when it destroyed by a day that somebody brought forward', async () => {
    const id = await intakeOn('2027-02-05');
    await season.keys(`UPDATE life_share SET due_day = '2027-02-05' WHERE intake_id = $1 AND class = 'identity'`, id);
    expect(await season.flawOf(await season.run('unchecked'))).toBe(
      `${DISAGREES}\n- Destroyed, and by the log there was no such thing to destroy: 1 share of identity at site ${season.siteId}, due on 2027-02-05.`,
    );
  });

  it('is found when a key went before its day by hand, and the run certified it', async () => {
    await intakeOn('2027-02-08');
    await season.keys(`INSERT INTO destroyed_bucket (id, site_id, class, day, run_id, moved) SELECT id, site_id, class, day, gen_random_uuid(), 0 FROM bucket WHERE class = 'address' AND day = '2027-03-10'`);
    await season.keys(`DELETE FROM bucket WHERE class = 'address' AND day = '2027-03-10'`);
    expect(await season.flawOf(await season.run())).toBe(`${DISAGREES}\n- Destroyed too early: 1 share of address at site ${season.siteId}, due on 2027-03-10.`);
  });

  it('is found when it destroyed what was held', async () => {
    const id = await intakeOn('2027-02-10');
    const hold = await season.hold({ intakes: [id] });
    await season.on('2027-02-13');
    await season.keys('UPDATE hold SET released_at = now() WHERE id = $1', hold);
    expect(await season.flawOf(await season.run('unchecked'))).toBe(
      `${DISAGREES}\n- By the log, another number of legal holds stood.\n- Destroyed under a legal hold: 1 share of credentials at site ${season.siteId}, due on 2027-02-13.`,
    );
    await season.release(hold);
  });

  it('and what comes after it is right again, with a word of what was not', async () => {
    await intakeOn('2027-02-15');
    await season.on('2027-02-18');
    const { note } = await season.certificate(await season.run());
    const { said, failure } = season.check(note, { log: await season.export() });
    expect(failure).toBeUndefined();
    expect(said).toContain('Earlier runs do not agree with the log');
  });
});

describe('a run whose counts were forged, and signed by the service itself', () => {
  let season: Season;
  beforeAll(async () => {
    season = await Season.start('2027-02-01');
  });
  afterAll(() => season.end());

  async function runOf(from: string, on: string, forge: Forgery): Promise<{ readonly said: string; readonly failure: string | undefined }> {
    await season.intake(await season.on(from));
    await season.on(on);
    const { note } = await season.certificate(await season.forgedRun(forge));
    return season.check(note, { log: await season.export() });
  }

  it('is found when the shares are more than those whose days it says', async () => {
    const { failure } = await runOf('2027-02-01', '2027-02-04', (bucket) => ({ ...bucket, shares: bucket.shares + 7 }));
    expect(failure).toBe(`${DISAGREES}\n- The shares of a bucket do not add up: those due by their days and those that the log has never heard of are not all of them.`);
  });

  it.each([
    ['of shares that it never heard of', '2027-02-05', '2027-02-08', 7, { unlogged: 7 }],
    ['of shares that were carried over', '2027-02-09', '2027-02-12', 0, { moved: 7 }],
  ])('is found when the log has another number %s', async (_, from, on, more, other) => {
    const { failure } = await runOf(from, on, (bucket, where) => ({ ...bucket, shares: bucket.shares + more, ...(where === 'certificate' && other) }));
    expect(failure).toContain('- The log does not have the same buckets with the same counts.');
  });

  it('never passes for all that was destroyed while the log has not heard of some of it', async () => {
    const { said, failure } = await runOf('2027-02-13', '2027-02-16', (bucket) => ({ ...bucket, shares: bucket.shares + 7, unlogged: 7 }));
    expect(failure).toBeUndefined();
    expect(said).toContain('7 of the shares destroyed are of intakes, or of places on a preparer’s list, that the log has never heard of.');
    expect(said).not.toContain('Nothing else was destroyed');
    expect(said).toContain('Of those 7 shares it says nothing.');
  });
});
