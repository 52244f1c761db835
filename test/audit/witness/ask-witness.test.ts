import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openCheckpoint } from '../../../src/audit/checkpoint.js';
import { newestCheckpoint } from '../../../src/audit/newest-checkpoint.js';
import { parseNote } from '../../../src/audit/signed-note.js';
import { parseVerifierKey } from '../../../src/audit/verifier-key.js';
import { openCosignature } from '../../../src/audit/witness/cosignature.js';
import { WitnessStandings } from '../../../src/audit/witness/witness-standings.js';
import { Witnesses } from '../../../src/audit/witness/witnesses.js';
import { EventLog } from '../../../src/platform/event-log.js';
import { Settings } from '../../../src/platform/settings.js';
import { logFixture, type LogFixture } from '../log-fixture.js';
import { TrueWitness, type Misbehaviour } from './true-witness.js';

let fixture: LogFixture;
let witness: TrueWitness;
let witnesses: Witnesses;
const opened: TrueWitness[] = [];

beforeEach(async () => {
  fixture = await logFixture();
  await grow(1);
  witness = await witnessOf('witness.example/w1');
  witnesses = processOf();
});
afterEach(async () => {
  await witnesses.onApplicationShutdown();
  await Promise.all(opened.splice(0).map((one) => one.goDown()));
  await fixture.databases.close();
});

const settings = () => new Settings({ dataDirectory: fixture.databases.settings.dataDirectory, witnesses: opened.map((one) => one.settings) });
const standings = async () => (await new WitnessStandings(fixture.databases.records, settings()).read()).witnesses;
const ask = (timeoutMs?: number) => witnesses.ask(witness.settings, timeoutMs);
const newest = (which?: 'cosigned') => fixture.databases.records.withoutSite((tx) => newestCheckpoint(tx, which));
const minutes = (count: number) => fixture.clock.setTo(new Date(fixture.clock.now().getTime() + count * 60_000));

function processOf(): Witnesses {
  const events = new EventLog(() => fixture.clock.now(), { write: (line) => void fixture.said.push(line) });
  return new Witnesses(fixture.databases.records, fixture.clock, events, settings());
}

async function vkey(): Promise<string> {
  const [row] = await fixture.databases.recordsOwner<{ vkey: string }>('SELECT vkey FROM log_key ORDER BY started_at DESC, number DESC');
  return row!.vkey;
}

async function witnessOf(name: string): Promise<TrueWitness> {
  const made = await TrueWitness.start(fixture.clock, name);
  opened.push(made);
  made.trust(await vkey());
  return made;
}

async function grow(count: number): Promise<number> {
  await fixture.signer.sign();
  await fixture.write(count);
  await fixture.sequencer.drain();
  await fixture.signer.sign();
  return openCheckpoint((await newest())!, parseVerifierKey(await vkey())!)!.size;
}

/** The sizes under which the newest checkpoint holds a good cosignature of the witness. */
async function cosigned(which?: 'cosigned'): Promise<number | undefined> {
  const { text, signatures } = parseNote((await newest(which)) ?? '\n\n') ?? { text: '', signatures: [] };
  const own = signatures.find(({ name, keyId }) => name === witness.key.name && keyId.equals(witness.key.keyId));
  return own && openCosignature(text, own, witness.key) ? Number(text.split('\n')[1]) : undefined;
}

describe('a witness', () => {
  it('is shown the first checkpoint without a proof, and later ones with one', async () => {
    const first = await grow(2);
    expect(await ask()).toEqual({ outcome: 'cosigned' });
    expect(await cosigned()).toBe(first);
    for (const count of [1, 4, 300]) {
      const size = await grow(count);
      expect([await cosigned(), await cosigned('cosigned')]).toEqual([undefined, size - count]);
      minutes(6);
      expect(await ask()).toEqual({ outcome: 'cosigned' });
      expect([await cosigned(), await cosigned('cosigned')]).toEqual([size, size]);
    }
    expect(witness.seen.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(witness.seen[0]).toMatchObject({ old: 0, proof: 0 });
    expect(witness.seen.slice(1).every(({ old, proof }) => old > 0 && proof > 0)).toBe(true);
  });

  it('that is at another size than we thought is caught up with at once', async () => {
    await ask();
    const size = await grow(5);
    await fixture.databases.recordsOwner(`UPDATE log_witness SET size = 0, next_at = '-infinity'`);
    expect(await ask()).toEqual({ outcome: 'cosigned' });
    expect(witness.seen.map(({ status }) => status)).toEqual([200, 409, 200]);
    expect(await cosigned()).toBe(size);
  });

  it('is not asked again before five minutes have passed, nor about what it has cosigned before six hours have', async () => {
    await ask();
    await grow(1);
    expect(await ask()).toEqual({ outcome: 'not due' });
    minutes(5);
    expect(await ask()).toEqual({ outcome: 'cosigned' });
    minutes(300);
    expect(await ask()).toEqual({ outcome: 'not due' });
    minutes(61);
    expect(await ask()).toEqual({ outcome: 'cosigned' });
    expect(witness.seen.at(-1)).toMatchObject({ proof: 0, status: 200 });
    const [one] = await standings();
    expect(Math.abs(one!.cosigned!.at.getTime() - fixture.clock.now().getTime())).toBeLessThan(5_000);
  });

  it('is asked by one process at a time', async () => {
    witness.misbehaves = async (response, { lines }) => {
      await pause(300);
      response.end(lines);
    };
    const outcomes = await Promise.all([ask(), processOf().ask(witness.settings), processOf().ask(witness.settings)]);
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['cosigned', 'not due', 'not due']);
    expect(witness.seen).toHaveLength(1);
  });

  it('is asked again when who asked it has died', async () => {
    const { origin } = openCheckpoint((await newest())!, parseVerifierKey(await vkey())!)!;
    await fixture.databases.recordsOwner(
      `INSERT INTO log_witness (vkey, origin, since, next_at, claimed_until) VALUES ($1, $2, now(), '-infinity', clock_timestamp() + interval '60 seconds')`,
      [witness.settings.vkey, origin],
    );
    expect(await ask()).toEqual({ outcome: 'not due' });
    await fixture.databases.recordsOwner(`UPDATE log_witness SET claimed_until = clock_timestamp() - interval '1 second'`);
    expect(await ask()).toEqual({ outcome: 'cosigned' });
  });

  it('that cosigned under a key that was changed goes on once it knows the new one', async () => {
    await ask();
    const { to } = await fixture.signer.beginRotation();
    await grow(1);
    await grow(1);
    expect(await vkey()).toBe(to);
    const handOver = (await fixture.databases.recordsOwner<{ from: number }>('SELECT from_size AS "from" FROM log_key WHERE number = 2'))[0]!.from;
    minutes(6);
    const last = await ask();
    expect([last, handOver > 0]).toEqual([{ outcome: 'failed', failure: 'KEY_UNKNOWN' }, true]);
    witness.trust(to);
    minutes(6);
    expect(await ask()).toEqual({ outcome: 'cosigned', before: 'KEY_UNKNOWN' });
  });

  it('takes the checkpoint at which the key changes with the old key alone', async () => {
    await ask();
    await fixture.signer.beginRotation();
    await fixture.sequencer.drain();
    await fixture.signer.sign();
    minutes(6);
    expect(await ask()).toEqual({ outcome: 'cosigned' });
  });
});

describe('a cosignature is not taken', () => {
  const lies: readonly (readonly [string, Misbehaviour, string])[] = [
    ['with a bad signature', (response, { text }) => void response.end(witness.cosign(`${text}more\n`)), 'SIGNATURE_WRONG'],
    ['over the time alone being another', (response, { text }) => void response.end(retimed(witness.cosign(text))), 'SIGNATURE_WRONG'],
    ['that is too short', (response) => void response.end(`\u2014 ${witness.key.name} ${Buffer.concat([witness.key.keyId, Buffer.alloc(20)]).toString('base64')}\n`), 'SIGNATURE_WRONG'],
    ['with another key id', (response, { text }) => void response.end(witness.cosign(text, now(), { name: witness.key.name, keyId: Buffer.from('abcd') })), 'NO_COSIGNATURE'],
    ['under another name', (response, { text }) => void response.end(witness.cosign(text, now(), { name: 'somebody.example', keyId: witness.key.keyId })), 'NO_COSIGNATURE'],
    ['from tomorrow', (response, { text }) => void response.end(witness.cosign(text, now() + 86_400)), 'TIME_WRONG'],
    ['from an hour ago', (response, { text }) => void response.end(witness.cosign(text, now() - 3_600)), 'TIME_WRONG'],
    ['beside a bad one of the same key', (response, { text, lines }) => void response.end(lines + witness.cosign(`${text}more\n`)), 'SIGNATURE_WRONG'],
    ['that is none', (response) => void response.end('Thank you!\n'), 'ANSWER_MALFORMED'],
    ['that is empty', (response) => void response.end(''), 'ANSWER_MALFORMED'],
    ['without end', (response) => void endless(response), 'ANSWER_TOO_LONG'],
    ['from elsewhere', (response) => void response.writeHead(307, { location: `${witness.settings.url}/add-checkpoint` }).end(), 'REDIRECTED'],
    ['while it is overworked', (response) => void response.writeHead(503).end(), 'BUSY'],
    ['that it refuses to give', (response) => void response.writeHead(400).end(), 'REFUSED'],
    ['cut off in the middle', (response, { lines }) => void response.writeHead(200, { 'content-length': '500' }).write(lines, () => response.destroy()), 'UNREACHABLE'],
    ['when it has seen more', (response) => void response.writeHead(409, { 'content-type': 'text/x.tlog.size' }).end('999999\n'), 'AHEAD'],
    ['when it says where it is and does not mean it', (response) => void response.writeHead(409, { 'content-type': 'text/x.tlog.size' }).end('many\n'), 'ANSWER_MALFORMED'],
  ];

  it.each(lies)('%s', async (_name, misbehaviour, failure) => {
    witness.misbehaves = misbehaviour;
    expect(await ask()).toEqual({ outcome: 'failed', failure });
    expect(await cosigned()).toBeUndefined();
    expect(await fixture.databases.recordsOwner('SELECT line FROM log_cosignature')).toEqual([]);
    expect((await standings())[0]).toMatchObject({ name: witness.key.name, failure: { code: failure } });
    expect(fixture.said.map((line) => JSON.parse(line)).filter(({ event }) => event === 'witness.failed')).toMatchObject([{ witness: witness.key.name, failure }]);
  });

  it('from a witness that does not know the log, or its key', async () => {
    witness.logs.clear();
    expect(await ask()).toEqual({ outcome: 'failed', failure: 'LOG_UNKNOWN' });
    const { name } = parseVerifierKey(await vkey())!;
    witness.logs.set(name, []);
    minutes(1);
    expect(await ask()).toEqual({ outcome: 'failed', failure: 'KEY_UNKNOWN', before: 'LOG_UNKNOWN' });
  });

  it('from a witness that has cosigned another history of the log', async () => {
    await ask();
    const size = await grow(4);
    const { origin } = parseCheckpointOf((await newest())!);
    witness.known.set(origin, { ...witness.known.get(origin)!, root: Buffer.alloc(32, 9) });
    minutes(6);
    expect(await ask()).toEqual({ outcome: 'failed', failure: 'FORKED' });
    witness.known.set(origin, { origin, size, root: Buffer.alloc(32, 9) });
    minutes(6);
    expect(await ask()).toEqual({ outcome: 'failed', failure: 'FORKED', before: 'FORKED' });
    expect(await cosigned()).toBeUndefined();
    expect(witness.seen.map(({ status }) => status)).toEqual([200, 422, 409, 409]);
  });
});

describe('a witness that is away', () => {
  it('is waited for no longer than it may take, and nothing else waits meanwhile', async () => {
    witness.misbehaves = async (response, { lines }) => {
      await pause(2_000, undefined, { ref: false });
      response.end(lines);
    };
    const slow = ask(1_000);
    await pause(200);
    const started = performance.now();
    const size = await grow(2);
    const other = await witnessOf('witness.example/w2');
    expect(await witnesses.ask(other.settings)).toEqual({ outcome: 'cosigned' });
    expect(performance.now() - started).toBeLessThan(800);
    expect(await slow).toEqual({ outcome: 'failed', failure: 'TIMEOUT' });
    expect(other.known.values().next().value).toMatchObject({ size });
    expect((await standings()).map(({ name, cosigned: good, failure }) => [name, good?.size, failure?.code])).toEqual([
      ['witness.example/w1', undefined, 'TIMEOUT'],
      ['witness.example/w2', size, undefined],
    ]);
  });

  it('is asked less and less often, and said to be away once', async () => {
    await witness.goDown();
    let asked = 0;
    for (let minute = 0; minute < 180; minute++) {
      if ((await ask()).outcome === 'failed') asked++;
      minutes(1);
    }
    expect(asked).toBeGreaterThan(7);
    expect(asked).toBeLessThan(14);
    expect(fixture.said.filter((line) => line.includes('witness.failed'))).toHaveLength(1);
    await witness.goUp();
    minutes(31);
    expect(await ask()).toEqual({ outcome: 'cosigned', before: 'UNREACHABLE' });
    expect(fixture.said.filter((line) => line.includes('witness.answered'))).toHaveLength(1);
  });

  it('holds no service up that stops, and is asked again after it', async () => {
    witness.misbehaves = async () => pause(20_000, undefined, { ref: false });
    const stopped = processOf();
    const asking = stopped.ask(witness.settings);
    while (witness.seen.length === 0) await pause(20);
    await stopped.onApplicationShutdown();
    expect(await asking).toEqual({ outcome: 'stopped' });
    witness.misbehaves = undefined;
    expect(await ask()).toEqual({ outcome: 'cosigned' });
  });
});

const now = (): number => Math.floor(fixture.clock.now().getTime() / 1000);

function retimed(line: string): string {
  const [dash, name, encoded] = line.trim().split(' ');
  const bytes = Buffer.from(encoded!, 'base64');
  bytes[11]! ^= 1;
  return `${dash} ${name} ${bytes.toString('base64')}\n`;
}

function endless(response: { write(text: string): boolean; once(event: 'drain' | 'close', then: () => void): unknown; destroyed: boolean }): void {
  while (!response.destroyed && response.write('\u2014 a b\n'.repeat(1_000)));
  if (!response.destroyed) response.once('drain', () => endless(response));
}

function parseCheckpointOf(note: string): { readonly origin: string } {
  return { origin: note.split('\n')[0]! };
}
