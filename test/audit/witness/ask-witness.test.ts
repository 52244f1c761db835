import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openCheckpoint } from '../../../src/audit/checkpoint.js';
import { parseVerifierKey } from '../../../src/audit/verifier-key.js';
import { WitnessWorld } from './witness-world.js';

let world: WitnessWorld;
beforeEach(async () => (world = await WitnessWorld.make()));
afterEach(() => world.end());

describe('a witness', () => {
  it('is shown the first checkpoint without a proof, and later ones with one', async () => {
    const first = await world.grow(2);
    expect(await world.ask()).toEqual({ outcome: 'cosigned' });
    expect(await world.cosigned()).toBe(first);
    for (const count of [1, 4, 300]) {
      const size = await world.grow(count);
      expect([await world.cosigned(), await world.cosigned('cosigned')]).toEqual([undefined, size - count]);
      world.minutes(6);
      expect(await world.ask()).toEqual({ outcome: 'cosigned' });
      expect([await world.cosigned(), await world.cosigned('cosigned')]).toEqual([size, size]);
    }
    expect(world.witness.seen.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(world.witness.seen[0]).toMatchObject({ old: 0, proof: 0 });
    expect(world.witness.seen.slice(1).every(({ old, proof }) => old > 0 && proof > 0)).toBe(true);
  });

  it('that is at another size than we thought is caught up with at once', async () => {
    await world.ask();
    const size = await world.grow(5);
    await world.fixture.databases.recordsOwner(`UPDATE log_witness SET size = 0, next_at = '-infinity'`);
    expect(await world.ask()).toEqual({ outcome: 'cosigned' });
    expect(world.witness.seen.map(({ status }) => status)).toEqual([200, 409, 200]);
    expect(await world.cosigned()).toBe(size);
  });

  it('is not asked again before five minutes have passed, nor about what it has cosigned before six hours have', async () => {
    await world.ask();
    await world.grow(1);
    expect(await world.ask()).toEqual({ outcome: 'not due' });
    world.minutes(5);
    expect(await world.ask()).toEqual({ outcome: 'cosigned' });
    world.minutes(300);
    expect(await world.ask()).toEqual({ outcome: 'not due' });
    world.minutes(61);
    expect(await world.ask()).toEqual({ outcome: 'cosigned' });
    expect(world.witness.seen.at(-1)).toMatchObject({ proof: 0, status: 200 });
    const [one] = await world.standings();
    expect(Math.abs(one!.cosigned!.at.getTime() - world.fixture.clock.now().getTime())).toBeLessThan(5_000);
  });

  it('is asked by one process at a time', async () => {
    world.witness.misbehaves = async (response, { lines }) => {
      await pause(300);
      response.end(lines);
    };
    const outcomes = await Promise.all([world.ask(), world.processOf().ask(world.witness.settings), world.processOf().ask(world.witness.settings)]);
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['cosigned', 'not due', 'not due']);
    expect(world.witness.seen).toHaveLength(1);
  });

  it('is asked again when who asked it has died', async () => {
    const { origin } = openCheckpoint((await world.newest())!, parseVerifierKey(await world.vkey())!)!;
    await world.fixture.databases.recordsOwner(
      `INSERT INTO log_witness (vkey, origin, since, next_at, claimed_until) VALUES ($1, $2, now(), '-infinity', clock_timestamp() + interval '60 seconds')`,
      [world.witness.settings.vkey, origin],
    );
    expect(await world.ask()).toEqual({ outcome: 'not due' });
    await world.fixture.databases.recordsOwner(`UPDATE log_witness SET claimed_until = clock_timestamp() - interval '1 second'`);
    expect(await world.ask()).toEqual({ outcome: 'cosigned' });
  });

  it('that cosigned under a key that was changed goes on once it knows the new one', async () => {
    await world.ask();
    const { to } = await world.fixture.signer.beginRotation();
    await world.grow(1);
    await world.grow(1);
    expect(await world.vkey()).toBe(to);
    const handOver = (await world.fixture.databases.recordsOwner<{ from: number }>('SELECT from_size AS "from" FROM log_key WHERE number = 2'))[0]!.from;
    world.minutes(6);
    const last = await world.ask();
    expect([last, handOver > 0]).toEqual([{ outcome: 'failed', failure: 'KEY_UNKNOWN' }, true]);
    world.witness.trust(to);
    world.minutes(6);
    expect(await world.ask()).toEqual({ outcome: 'cosigned', before: 'KEY_UNKNOWN' });
  });

  it('takes the checkpoint at which the key changes with the old key alone', async () => {
    await world.ask();
    await world.fixture.signer.beginRotation();
    await world.fixture.sequencer.drain();
    await world.fixture.signer.sign();
    world.minutes(6);
    expect(await world.ask()).toEqual({ outcome: 'cosigned' });
  });
});

describe('a witness that is away', () => {
  it('is waited for no longer than it may take, and nothing else waits meanwhile', async () => {
    world.witness.misbehaves = async (response, { lines }) => {
      await pause(2_000, undefined, { ref: false });
      response.end(lines);
    };
    const slow = world.ask(1_000);
    await pause(200);
    const started = performance.now();
    const size = await world.grow(2);
    const other = await world.witnessOf('witness.example/w2');
    expect(await world.witnesses.ask(other.settings)).toEqual({ outcome: 'cosigned' });
    expect(performance.now() - started).toBeLessThan(800);
    expect(await slow).toEqual({ outcome: 'failed', failure: 'TIMEOUT' });
    expect(other.known.values().next().value).toMatchObject({ size });
    expect((await world.standings()).map(({ name, cosigned: good, failure }) => [name, good?.size, failure?.code])).toEqual([
      ['witness.example/w1', undefined, 'TIMEOUT'],
      ['witness.example/w2', size, undefined],
    ]);
  });

  it('is asked less and less often, and said to be away once', async () => {
    await world.witness.goDown();
    let asked = 0;
    for (let minute = 0; minute < 180; minute++) {
      if ((await world.ask()).outcome === 'failed') asked++;
      world.minutes(1);
    }
    expect(asked).toBeGreaterThan(7);
    expect(asked).toBeLessThan(14);
    expect(world.fixture.said.filter((line) => line.includes('witness.failed'))).toHaveLength(1);
    await world.witness.goUp();
    world.minutes(31);
    expect(await world.ask()).toEqual({ outcome: 'cosigned', before: 'UNREACHABLE' });
    expect(world.fixture.said.filter((line) => line.includes('witness.answered'))).toHaveLength(1);
  });

  it('holds no service up that stops, and is asked again after it', async () => {
    world.witness.misbehaves = async () => pause(20_000, undefined, { ref: false });
    const stopped = world.processOf();
    const asking = stopped.ask(world.witness.settings);
    while (world.witness.seen.length === 0) await pause(20);
    await stopped.onApplicationShutdown();
    expect(await asking).toEqual({ outcome: 'stopped' });
    world.witness.misbehaves = undefined;
    expect(await world.ask()).toEqual({ outcome: 'cosigned' });
  });
});
