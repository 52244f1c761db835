import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeExport } from '../../../src/audit/export/write-export.js';
import { parseNote } from '../../../src/audit/signed-note.js';
import { SignerStateFile } from '../../../src/audit/signer-state.js';
import { formatVerifierKey, parseVerifierKey, type VerifierKey } from '../../../src/audit/verifier-key.js';
import { Cosigners } from '../../../src/audit/verify/cosigners.js';
import { Findings } from '../../../src/audit/verify/finding.js';
import { verifyCosignatures } from '../../../src/audit/verify/stored-cosignatures.js';
import { verifyExportedLog } from '../../../src/audit/verify/verify-exported-log.js';
import { verifyStoredLog } from '../../../src/audit/verify/verify-stored-log.js';
import { LogNotGood, verifyExport } from '../../../src/commands/verify-log.js';
import type { TrueWitness } from '../witness/true-witness.js';
import { WitnessWorld } from '../witness/witness-world.js';

const NAME = 'witness.example/w1';
const SILENT = 'silent.example/w2';

let world: WitnessWorld;
let silent: TrueWitness;
let key: VerifierKey;
let root: string;
/** Sizes of two cosigned checkpoints. */
let sizes: readonly [number, number];
let at: Date;

beforeAll(async () => {
  world = await WitnessWorld.make();
  silent = await world.witnessOf(SILENT);
  key = parseVerifierKey(await world.vkey())!;
  await world.ask();
  const first = (await world.cosigned())!;
  await world.grow(3);
  world.minutes(6);
  await world.ask();
  sizes = [first, (await world.cosigned())!];
  at = (await world.standings())[0]!.cosigned!.at;
  root = mkdtempSync(join(tmpdir(), 'thinfile-cosigned-'));
  await writeExport(world.fixture.databases.records, join(root, 'log'), () => undefined);
});
afterAll(async () => {
  await world.end();
  rmSync(root, { recursive: true, force: true });
});

/** A signature line with one bit of its bytes turned. */
function turned(line: string, byte: number): string {
  const [dash, name, encoded] = line.trim().split(' ') as [string, string, string];
  const bytes = Buffer.from(encoded, 'base64');
  bytes[byte]! ^= 1;
  return `${dash} ${name} ${bytes.toString('base64')}\n`;
}

describe('an export with a cosigned checkpoint', () => {
  const directory = (): string => join(root, 'log');
  const verify = (witnesses: readonly VerifierKey[]) => verifyExportedLog(directory(), key, [], () => undefined, witnesses);
  const own = (): string => readFileSync(join(directory(), 'checkpoint'), 'utf8');
  /** With other lines of witnesses in the place of the one that it has. */
  async function withLines(change: (line: string) => string, work: () => Promise<void>): Promise<void> {
    const note = own();
    const start = note.indexOf(`\u2014 ${NAME} `);
    writeFileSync(join(directory(), 'checkpoint'), note.slice(0, start) + change(note.slice(start)));
    try {
      await work();
    } finally {
      writeFileSync(join(directory(), 'checkpoint'), note);
    }
  }

  it('says who cosigned it and when, of witnesses whose keys are known', async () => {
    const { findings, cosigners } = await verify([world.witness.key, silent.key]);
    expect([findings, cosigners]).toEqual([[], [{ name: NAME, newest: { size: sizes[1], at } }, { name: SILENT }]]);
    expect((await verify([])).cosigners).toEqual([]);
  });

  it.each([4, 11, 12, 75])('whose cosignature was changed, byte %i, is found by the name of the witness; without its key nobody can tell', async (byte) => {
    await withLines((line) => turned(line, byte), async () => {
      const { findings, cosigners } = await verify([world.witness.key]);
      expect(findings).toEqual([{ kind: 'bad-signature', size: sizes[1], name: 'checkpoint', witness: NAME }]);
      expect(cosigners).toEqual([{ name: NAME }]);
      expect((await verify([])).findings).toEqual([]);
    });
  });

  it('with a bad cosignature beside a good one of the same key is found', async () => {
    await withLines((line) => line + turned(line, 20), async () => {
      expect((await verify([world.witness.key])).findings).toEqual([{ kind: 'bad-signature', size: sizes[1], name: 'checkpoint', witness: NAME }]);
    });
  });

  it('with a cosignature of a moment that no calendar has is found', async () => {
    await withLines(() => world.witness.cosign(parseNote(own())!.text, Number.MAX_SAFE_INTEGER), async () => {
      expect((await verify([world.witness.key])).findings).toEqual([{ kind: 'bad-signature', size: sizes[1], name: 'checkpoint', witness: NAME }]);
    });
  });

  it('is held to the cosignatures of a kept checkpoint as well', async () => {
    const bare = own().slice(0, own().indexOf(`\u2014 ${NAME} `));
    const kept = { name: 'kept', note: bare + silent.cosign(parseNote(bare)!.text, at.getTime() / 1000) };
    const verified = await verifyExportedLog(directory(), key, [kept], () => undefined, [silent.key]);
    expect([verified.findings, verified.cosigners]).toEqual([[], [{ name: SILENT, newest: { size: sizes[1], at } }]]);
  });

  it('is told of by the command, which takes keys of witnesses alone', async () => {
    const vkey = formatVerifierKey(key);
    const [known, unheard] = [world.witness.key, silent.key].map(formatVerifierKey) as [string, string];
    const said: string[] = [];
    const say = (line: string): void => void said.push(line);
    await verifyExport(directory(), { key: vkey, witness: [known, unheard] }, say);
    expect(said.slice(0, 2)).toEqual([`${sizes[1]} entries are cosigned by ${NAME} at ${at.toISOString().slice(0, 19)}Z.`, `Nothing that was looked at is cosigned by ${SILENT}.`]);
    await expect(verifyExport(directory(), { key: vkey, witness: [vkey] }, say)).rejects.toThrow('no verifier key of a witness');
    await withLines((line) => turned(line, 20), async () => {
      said.length = 0;
      await expect(verifyExport(directory(), { key: vkey, witness: [known] }, say)).rejects.toThrow(LogNotGood);
      expect(said[0]).toBe(`First: The cosignature of "${NAME}" is wrong: it is not one of checkpoint, or was changed since.`);
    });
  });
});

describe('a stored cosignature', () => {
  const sql = <T>(text: string, parameters: unknown[] = []) => world.fixture.databases.recordsOwner<T>(text, parameters);
  const verify = () => {
    const { databases, secrets, clock } = world.fixture;
    const witnesses = [world.witness.key, silent.key];
    return verifyStoredLog(databases.records, { key, signer: new SignerStateFile(secrets), kept: [], witnesses, now: clock.now() }, () => undefined);
  };

  // Whoever owns the database is not bound by what its tables refuse.
  beforeAll(() => sql('ALTER TABLE log_cosignature DROP CONSTRAINT log_cosignature_pk, ALTER vkey DROP NOT NULL'));

  it('is good as it was kept, and the newest is told', async () => {
    const { findings, cosigners } = await verify();
    expect([findings, cosigners]).toEqual([[], [{ name: NAME, newest: { size: sizes[1], at } }, { name: SILENT }]]);
  });

  const CASES: readonly (readonly [what: string, set: string, parameters: () => unknown[], witness: string])[] = [
    ['with another line', 'line = $2', () => ['x'], NAME],
    ['with a line that was changed', `line = overlay(line placing 'AAAA' from 60)`, () => [], NAME],
    ['of another checkpoint', `line = (SELECT line FROM log_cosignature WHERE size = $2)`, () => [sizes[0]], NAME],
    ['at another time than it says', `cosigned_at = cosigned_at + interval '1 second'`, () => [], NAME],
    ['at a fraction of a second', `cosigned_at = cosigned_at + interval '1 microsecond'`, () => [], NAME],
    ['at no time', `cosigned_at = 'infinity'`, () => [], NAME],
    ['under the key of another witness', 'vkey = $2', () => [formatVerifierKey(silent.key)], SILENT],
    ['under no key', 'vkey = $2', () => ['mine'], 'mine'],
    ['under a key that was taken away', 'vkey = NULL', () => [], ''],
    ['under a key that nothing has room for', `vkey = repeat('x', 50000000)`, () => [], ''],
  ];

  it.each(CASES)('%s is found by the name of its witness', async (_what, set, parameters, witness) => {
    const [row] = await sql<Record<string, unknown>>('SELECT * FROM log_cosignature WHERE size = $1', [sizes[1]]);
    await sql(`UPDATE log_cosignature SET ${set} WHERE size = $1`, [sizes[1], ...parameters()]);
    try {
      const { findings, cosigners, signed } = await verify();
      expect(findings).toEqual([{ kind: 'bad-signature', size: sizes[1], name: `${signed!.origin} ${sizes[1]}`, witness }]);
      expect(cosigners).toEqual([{ name: NAME, newest: { size: sizes[0], at: expect.any(Date) } }, { name: SILENT }]);
    } finally {
      await sql('UPDATE log_cosignature SET vkey = $2, line = $3, cosigned_at = $4 WHERE size = $1', [sizes[1], ...['vkey', 'line', 'cosigned_at'].map((name) => row![name])]);
    }
  });

  it('of a checkpoint that was changed is no second finding', async () => {
    const [row] = await sql<{ note: string }>('SELECT note FROM log_checkpoint WHERE size = $1', [sizes[0]]);
    await sql('UPDATE log_checkpoint SET note = $2 WHERE size = $1', [sizes[0], row!.note.replace(/\n\n\u2014 (\S+) \S+/, '\n\n\u2014 $1 AAAAAAAA')]);
    expect((await verify()).findings.map(({ kind, witness }) => [kind, witness])).toEqual([['wrong-key', undefined]]);
    await sql('UPDATE log_checkpoint SET note = $2 WHERE size = $1', [sizes[0], row!.note]);
  });

  it('holds nobody up for as long as all of them take', async () => {
    await sql(`INSERT INTO log_cosignature SELECT origin, size, 'of nobody ' || n, 'none', now() FROM log_checkpoint, generate_series(1, 900) n WHERE size = $1`, [sizes[1]]);
    const findings = new Findings();
    const held = await longestHold(() => verifyCosignatures(world.fixture.databases.records, [{ key, from: 0 }], new Cosigners([], findings), findings));
    await sql(`DELETE FROM log_cosignature WHERE line = 'none'`);
    expect(findings.total).toBe(900);
    expect(held.longest).toBeLessThan(held.all / 2);
  });
});

/** How long nothing else had its turn, at the most, and how long it took. */
async function longestHold(work: () => Promise<void>): Promise<{ readonly longest: number; readonly all: number }> {
  const from = performance.now();
  let [longest, before, isOver] = [0, from, false];
  const working = work().finally(() => (isOver = true));
  while (!isOver) {
    await turn();
    const now = performance.now();
    longest = Math.max(longest, now - before);
    before = now;
  }
  await working;
  return { longest, all: performance.now() - from };
}
