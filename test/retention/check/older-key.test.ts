import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SignerStateFile } from '../../../src/audit/signer-state.js';
import { parseVerifierKey } from '../../../src/audit/verifier-key.js';
import { verifyExportedLog } from '../../../src/audit/verify/verify-exported-log.js';
import { verifyStoredLog } from '../../../src/audit/verify/verify-stored-log.js';
import { RecordsDatabase } from '../../../src/platform/records-database.js';
import { SigningKey } from '../../../src/audit/signing-key.js';
import { formatVerifierKey } from '../../../src/audit/verifier-key.js';
import { rotateLogKey } from '../../../src/commands/rotate-log-key.js';
import { Season } from './season.js';

describe('a certificate of before the log’s key was changed', () => {
  let season: Season;
  const notes: string[] = [];
  const vkeys: string[] = [];
  let log: string;
  let oldKey: SigningKey;
  beforeAll(async () => {
    season = await Season.start('2027-02-01');
    const secrets = season.service.databases.settings.secretsDirectories[0];
    const api = await season.on('2027-02-01');
    await season.intake(api);
    for (const day of ['2027-02-05', '2027-03-10', '2027-03-12']) {
      await season.on(day);
      notes.push((await season.certificate(await season.run())).note);
      vkeys.push((await season.service.api().get('/api/audit/vkey')).text.trim());
      if (vkeys.length === 1) oldKey = SigningKey.read(secrets);
      if (vkeys.length < 3) await rotateLogKey(season.service.app, () => undefined);
    }
    log = await season.export();
  });
  afterAll(() => season.end());

  const check = (note: string, key: string | undefined, directory = log) => season.check(note, { log: directory, ...(key === undefined ? {} : { key }) });

  it('is opened with any key of the log that somebody has kept, by what the log says', () => {
    expect(new Set(vkeys).size).toBe(3);
    for (const note of notes) for (const key of [...vkeys, undefined]) expect([key, check(note, key).failure]).toEqual([key, undefined]);
    expect(check(notes[2]!, vkeys[0]).said).toContain(`to which the log leads from this one: ${vkeys[2]}`);
    expect(check(notes[0]!, vkeys[0]).said).toContain('signed with a key that followed');
  });

  it('needs its own key, or the log', () => {
    expect(season.check(notes[0]!, { key: vkeys[0]! }).failure).toBeUndefined();
    expect(season.check(notes[0]!, { key: vkeys[2]! }).failure).toContain('signed with another key than this one');
  });

  it('is refused when the old key signed it for a run after the change', () => {
    const [body] = notes[2]!.split('\n') as [string];
    const forged = oldKey.sign(vkeys[0]!.split('+')[0]!, `${body}\n`);
    for (const key of vkeys) expect(check(forged, key).failure).toContain('after its key had been replaced');
  });

  it('is refused with a key that the log does not lead to', () => {
    const stranger = SigningKey.create(join(season.directory, 'stranger'));
    const name = vkeys[0]!.split('+')[0]!;
    const [body] = notes[0]!.split('\n') as [string];
    expect(check(stranger.sign(name, `${body}\n`), vkeys[2]).failure).toContain('This is no destruction certificate that this key has signed');
    expect(check(notes[0]!, formatVerifierKey(stranger.verifier(name))).failure).toContain('This is no destruction certificate that this key has signed');
  });

  it('is refused with a newer key when the export does not show the change', () => {
    const without = copyOf(log);
    const handOver = readdirSync(without).find((name) => name.startsWith('checkpoint.'))!;
    writeFileSync(join(without, handOver), readFileSync(join(without, 'checkpoint')));
    expect(check(notes[0]!, vkeys[2], without).failure).toContain('This is no destruction certificate that this key has signed');
    expect(check(notes[2]!, vkeys[0], without).failure).toContain('This is no destruction certificate that this key has signed');
    const unlisted = copyOf(log);
    rmSync(join(unlisted, 'vkeys'));
    expect(check(notes[0]!, vkeys[2], unlisted).failure).toContain('This is no destruction certificate that this key has signed');
    expect(check(notes[2]!, vkeys[2], unlisted).failure).toBeUndefined();
  });

  it('is refused when an entry of the log was changed, whichever key is at hand', () => {
    const changed = copyOf(log);
    const tile = readdirSync(join(changed, 'tile', 'entries'), { recursive: true, encoding: 'utf8' }).map((name) => join(changed, 'tile', 'entries', name)).find((path) => statSync(path).isFile())!;
    const bytes = readFileSync(tile);
    bytes[bytes.indexOf('"v":1') + 4] = 0x32;
    writeFileSync(tile, bytes);
    for (const key of vkeys) expect(check(notes[0]!, key, changed).failure).toContain('one was changed, removed or moved');
  });

  it('and the log itself is verified with any of its keys, in the export and in its database', async () => {
    const { app, databases, clock } = season.service;
    const signer = new SignerStateFile(databases.settings.secretsDirectories[0]);
    for (const vkey of vkeys) {
      const key = parseVerifierKey(vkey!)!;
      expect((await verifyExportedLog(log, key, [], () => undefined)).findings).toEqual([]);
      expect((await verifyStoredLog(app.get(RecordsDatabase), { key, signer, kept: [], now: clock.now() }, () => undefined)).findings).toEqual([]);
    }
    const unlisted = copyOf(log);
    rmSync(join(unlisted, 'vkeys'));
    expect((await verifyExportedLog(unlisted, parseVerifierKey(vkeys[0]!)!, [], () => undefined)).findings[0]).toMatchObject({ kind: 'wrong-key' });
  });

  it('has its key on its page, and all keys are listed', async () => {
    const { body } = await season.service.api().get('/api/audit/vkeys');
    expect((body.keys as { vkey: string }[]).map(({ vkey }) => vkey)).toEqual([...vkeys].reverse());
    const [first] = notes.map((note) => (JSON.parse(note.split('\n')[0]!) as { run: string }).run);
    const page = await (await season.service.signInAgain('administrator')).get(`/runs/${first}/certificate`);
    expect(page.text).toContain(vkeys[0]);
    expect(page.text).not.toContain(vkeys[1]!);
  });

  function copyOf(directory: string): string {
    const copy = mkdtempSync(join(season.directory, 'copy-'));
    cpSync(directory, copy, { recursive: true });
    return copy;
  }
});
