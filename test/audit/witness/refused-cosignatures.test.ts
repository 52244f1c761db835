import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parseNote } from '../../../src/audit/signed-note.js';
import { parseVerifierKey } from '../../../src/audit/verifier-key.js';
import type { Misbehaviour } from './true-witness.js';
import { WitnessWorld } from './witness-world.js';

let world: WitnessWorld;
beforeEach(async () => (world = await WitnessWorld.make()));
afterEach(() => world.end());

describe('a cosignature is not taken', () => {
  const lies: readonly (readonly [string, Misbehaviour, string])[] = [
    ['with a bad signature', (response, { text }) => void response.end(world.witness.cosign(`${text}more\n`)), 'SIGNATURE_WRONG'],
    ['over the time alone being another', (response, { text }) => void response.end(retimed(world.witness.cosign(text))), 'SIGNATURE_WRONG'],
    ['that is too short', (response) => void response.end(`\u2014 ${world.witness.key.name} ${Buffer.concat([world.witness.key.keyId, Buffer.alloc(20)]).toString('base64')}\n`), 'SIGNATURE_WRONG'],
    ['with another key id', (response, { text }) => void response.end(world.witness.cosign(text, now(), { name: world.witness.key.name, keyId: Buffer.from('abcd') })), 'NO_COSIGNATURE'],
    ['under another name', (response, { text }) => void response.end(world.witness.cosign(text, now(), { name: 'somebody.example', keyId: world.witness.key.keyId })), 'NO_COSIGNATURE'],
    ['from tomorrow', (response, { text }) => void response.end(world.witness.cosign(text, now() + 86_400)), 'TIME_WRONG'],
    ['from an hour ago', (response, { text }) => void response.end(world.witness.cosign(text, now() - 3_600)), 'TIME_WRONG'],
    ['beside a bad one of the same key', (response, { text, lines }) => void response.end(lines + world.witness.cosign(`${text}more\n`)), 'SIGNATURE_WRONG'],
    ['that is none', (response) => void response.end('Thank you!\n'), 'ANSWER_MALFORMED'],
    ['that is empty', (response) => void response.end(''), 'ANSWER_MALFORMED'],
    ['without end', (response) => void endless(response), 'ANSWER_TOO_LONG'],
    ['from elsewhere', (response) => void response.writeHead(307, { location: `${world.witness.settings.url}/add-checkpoint` }).end(), 'REDIRECTED'],
    ['while it is overworked', (response) => void response.writeHead(503).end(), 'BUSY'],
    ['that it refuses to give', (response) => void response.writeHead(400).end(), 'REFUSED'],
    ['cut off in the middle', (response, { lines }) => void response.writeHead(200, { 'content-length': '500' }).write(lines, () => response.destroy()), 'UNREACHABLE'],
    ['when it has seen more', (response) => void response.writeHead(409, { 'content-type': 'text/x.tlog.size' }).end('999999\n'), 'AHEAD'],
    ['when it says where it is and does not mean it', (response) => void response.writeHead(409, { 'content-type': 'text/x.tlog.size' }).end('many\n'), 'ANSWER_MALFORMED'],
  ];

  it.each(lies)('%s', async (_name, misbehaviour, failure) => {
    world.witness.misbehaves = misbehaviour;
    expect(await world.ask()).toEqual({ outcome: 'failed', failure });
    expect(await world.cosigned()).toBeUndefined();
    expect(await world.fixture.databases.recordsOwner('SELECT line FROM log_cosignature')).toEqual([]);
    expect((await world.standings())[0]).toMatchObject({ name: world.witness.key.name, failure: { code: failure } });
    expect(world.fixture.said.map((line) => JSON.parse(line)).filter(({ event }) => event === 'witness.failed')).toMatchObject([{ witness: world.witness.key.name, failure }]);
  });

  it('that somebody wrote into the database: the one before is shown', async () => {
    const { databases } = world.fixture;
    await world.ask();
    const size = (await world.cosigned())!;
    const newer = await world.grow(4);
    const [row] = await databases.recordsOwner<{ line: string }>('SELECT line FROM log_cosignature');
    const stranger = (await world.witnessOf('stranger.example/w2')).key;
    const { text } = parseNote((await world.newest())!)!;
    const forged = [row!.line, 'x', `${row!.line}${row!.line}`, world.witness.cosign(`${text}more\n`), world.witness.cosign(text, now(), stranger)];
    for (const line of forged) {
      await databases.recordsOwner(
        `INSERT INTO log_cosignature SELECT origin, $1, vkey, $2, now() FROM log_cosignature WHERE size = $3 ON CONFLICT (origin, size, vkey) DO UPDATE SET line = excluded.line`,
        [newer, line, size],
      );
      await databases.recordsOwner('UPDATE log_witness SET cosigned_size = $1', [newer]);
      expect((await world.standings())[0]!.cosigned?.size).toBe(size);
      expect([await world.cosigned(), await world.cosigned('cosigned')]).toEqual([undefined, size]);
      expect((await world.newest())!.split('\u2014')).toHaveLength(2);
    }
    // Another checkpoint, with the cosignature that was made for it, filed as the newest.
    await databases.recordsOwner('UPDATE log_checkpoint SET note = (SELECT note FROM log_checkpoint WHERE size = $2) WHERE size = $1', [newer, size]);
    await databases.recordsOwner('UPDATE log_cosignature SET line = $2 WHERE size = $1', [newer, row!.line]);
    expect((await world.standings())[0]!.cosigned?.size).toBe(size);

    await databases.recordsOwner('DELETE FROM log_cosignature WHERE size = $1', [size]);
    expect((await world.standings())[0]).not.toHaveProperty('cosigned');
    expect(await world.newest('cosigned')).toBeUndefined();
  });

  it('from a witness that does not know the log, or its key', async () => {
    world.witness.logs.clear();
    expect(await world.ask()).toEqual({ outcome: 'failed', failure: 'LOG_UNKNOWN' });
    const { name } = parseVerifierKey(await world.vkey())!;
    world.witness.logs.set(name, []);
    world.minutes(1);
    expect(await world.ask()).toEqual({ outcome: 'failed', failure: 'KEY_UNKNOWN', before: 'LOG_UNKNOWN' });
  });

  it('from a witness that has cosigned another history of the log', async () => {
    await world.ask();
    const size = await world.grow(4);
    const { origin } = parseCheckpointOf((await world.newest())!);
    world.witness.known.set(origin, { ...world.witness.known.get(origin)!, root: Buffer.alloc(32, 9) });
    world.minutes(6);
    expect(await world.ask()).toEqual({ outcome: 'failed', failure: 'FORKED' });
    world.witness.known.set(origin, { origin, size, root: Buffer.alloc(32, 9) });
    world.minutes(6);
    expect(await world.ask()).toEqual({ outcome: 'failed', failure: 'FORKED', before: 'FORKED' });
    expect(await world.cosigned()).toBeUndefined();
    expect(world.witness.seen.map(({ status }) => status)).toEqual([200, 422, 409, 409]);
  });
});

const now = (): number => Math.floor(world.fixture.clock.now().getTime() / 1000);

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
