import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openCheckpoint } from '../../src/audit/checkpoint.js';
import { EMPTY_FRONTIER, extendFrontier, leafHash, rootOf } from '../../src/audit/merkle.js';
import { parseVerifierKey } from '../../src/audit/verifier-key.js';
import { ask } from '../support/embedded.js';
import { BusyReader } from './busy-reader.js';
import { EmbeddedWorld } from './embedded-world.js';
import { dropSpare } from './running-service.js';

/** A few in the suite, always the same; a hundred others by the command for all crashes. */
const EVERY = process.env['THINFILE_CRASH'] === 'every';
const ROUNDS = EVERY ? 100 : 8;
const READERS_A_PROCESS = 3;

const VICTIMS = ['service', 'beside', 'records', 'keys', 'session'] as const;

let world: EmbeddedWorld;
let readers: readonly BusyReader[];
beforeAll(async () => {
  world = await EmbeddedWorld.founded();
  await world.startBeside();
  const at = ([0, 1] as const).flatMap((process) => Array.from({ length: READERS_A_PROCESS }, () => BusyReader.on(() => world.services[process], world.preparer)));
  readers = await Promise.all(at);
}, 60_000);
afterAll(async () => {
  await world.close();
  await dropSpare();
});

/** SIGKILL, and what an operator's supervisor does then. */
async function kill(victim: (typeof VICTIMS)[number]): Promise<void> {
  if (victim === 'service' || victim === 'beside') {
    const [service, beside] = world.services;
    await (victim === 'service' ? service : beside).process.end('SIGKILL');
    if (victim === 'service') await world.start();
    if (victim === 'beside' || !(await answers(beside.url))) {
      await beside.process.end('SIGKILL');
      await world.startBeside();
    }
  } else if (victim === 'session') {
    // Whichever is at work: the sequencer's, the signer's or a reader's.
    const sql = `SELECT pid FROM pg_stat_activity WHERE application_name = 'thinfile records' ORDER BY state <> 'active', query_start DESC LIMIT 1`;
    const [session] = await ask<{ pid: number }>(world.urls.records.owner, sql);
    process.kill(session!.pid, 'SIGKILL');
  } else process.kill(world.serverPid(victim), 'SIGKILL');
}

/** Within the time that servers take to come back. */
async function answers(url: string): Promise<boolean> {
  for (let tries = 0; tries < 100; tries++) {
    if (await fetch(`${url}/readyz`).then(({ status }) => status === 200, () => false)) return true;
    await sleep(50);
  }
  return false;
}

/** Readers are answered for a moment by sessions that have not noticed yet that their server is gone. */
async function untilAnswered<T>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await ask();
    } catch (error) {
      if (tries === 300) throw error;
      await sleep(100);
    }
  }
}

/** How many entries say that this intake was read. */
async function entriesOf(intakes: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const sql = `SELECT intake_id, count(*)::integer AS entries FROM log_entry WHERE kind = 'answers.read' AND intake_id = ANY ($1::uuid[]) GROUP BY intake_id`;
  const rows = await world.databases.recordsOwner<{ intake_id: string; entries: number }>(sql, [intakes as string[]]);
  return new Map(rows.map(({ intake_id, entries }) => [intake_id, entries]));
}

describe('the access log, whatever is killed while six read', () => {
  it(`has an entry for every answer that left, and none twice, after each of ${ROUNDS} kills`, async () => {
    const rounds = fc.sample(fc.record({ victim: fc.constantFrom(...VICTIMS), afterMs: fc.nat(250) }), { numRuns: ROUNDS, ...(EVERY ? {} : { seed: 7 }) });
    for (const { victim, afterMs } of rounds) {
      await Promise.all(readers.map((reader) => reader.readsAgain()));
      await sleep(afterMs);
      await kill(victim);
      await Promise.all(readers.map((reader) => reader.readsAgain()));
      const acknowledged = readers.map((reader) => reader.acknowledged);
      const entries = await untilAnswered(() => entriesOf(readers.map(({ intake }) => intake)));
      for (const [at, { intake, attempts }] of readers.entries()) {
        const logged = entries.get(intake) ?? 0;
        expect([victim, acknowledged[at]! <= logged, logged <= attempts]).toEqual([victim, true, true]);
      }
    }
    await Promise.all(readers.map((reader) => reader.stop()));
  }, EVERY ? 1_800_000 : 120_000);

  it('gives every entry one place, the same in every checkpoint that was ever signed', async () => {
    const { recordsOwner } = world.databases;
    while ((await recordsOwner('SELECT FROM log_pending')).length > 0) await sleep(50);
    const entries = await recordsOwner<{ leaf: string; place: number | null }>(
      'SELECT e.leaf, i.index::integer AS place FROM log_entry e FULL JOIN log_index i ON i.entry_id = e.id ORDER BY i.index',
    );
    expect(entries.map(({ place }) => place)).toEqual(entries.map((_, at) => at));
    expect(await recordsOwner('SELECT FROM (SELECT FROM log_entry GROUP BY epoch, counter HAVING count(*) > 1) twice')).toEqual([]);
    const [{ vkey }] = (await recordsOwner<{ vkey: string }>('SELECT vkey FROM log_origin')) as [{ vkey: string }];
    const checkpoints = (await recordsOwner<{ note: string }>('SELECT note FROM log_checkpoint ORDER BY size')).map(({ note }) => openCheckpoint(note, parseVerifierKey(vkey)!)!);
    expect(checkpoints.length).toBeGreaterThan(ROUNDS);
    let tree = EMPTY_FRONTIER;
    for (const { size, root } of checkpoints) {
      tree = extendFrontier(tree, entries.slice(tree.size, size).map(({ leaf }) => leafHash(Buffer.from(leaf, 'utf8'))));
      expect([size, rootOf(tree).equals(root)]).toEqual([tree.size, true]);
    }
  });
});
