import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import { AccessLog } from '../../src/audit/append-entry.js';
import { openCheckpoint, type Checkpoint } from '../../src/audit/checkpoint.js';
import { leavesOf } from '../../src/audit/export/entry-bundle.js';
import { tilePath } from '../../src/audit/export/tile-path.js';
import { EMPTY_ROOT, leafHash } from '../../src/audit/merkle.js';
import { verifyTlogProof } from '../../src/audit/tlog-proof.js';
import { parseVerifierKey, type VerifierKey } from '../../src/audit/verifier-key.js';
import { verifyConsistency, verifyInclusion } from '../../src/audit/verify-proof.js';
import { makePeople, signIn } from '../access/matrix/people.js';
import { reading } from '../audit/log-fixture.js';
import { TilesInMemory } from '../audit/tiles-in-memory.js';
import { apiClient, startTestService, type ApiClient, type TestService } from '../support/test-service.js';

const ENTRIES = 700;

let service: TestService;
let auditor: ApiClient;
let ofOrganisation: ApiClient;
let elsewhere: string;
let key: VerifierKey;
/** Of the first checkpoint that covers all entries. Later ones extend it. */
let tree: Checkpoint;
let tiles: TilesInMemory;

beforeAll(async () => {
  service = await startTestService();
  auditor = service.api('auditor');
  const people = await makePeople(service);
  ofOrganisation = apiClient(service.url, await signIn(service.app, people.ofOrganisation.auditor));
  elsewhere = people.elsewhere;
  for (const site of [people.here, elsewhere]) {
    const entries = Array.from({ length: ENTRIES / 2 }, () => reading(site));
    await service.databases.records.inSite(site, (tx) => service.app.get(AccessLog).appendAll(tx, entries));
  }
  key = parseVerifierKey((await service.api().get('/api/audit/vkey')).text.trim())!;
  do await new Promise((resolve) => setTimeout(resolve, 200));
  while ((tree = await newest()).size < ENTRIES + 20);
  const leaves = await service.databases.recordsOwner<{ leaf: string }>('SELECT leaf FROM log_index JOIN log_entry ON id = entry_id ORDER BY index');
  tiles = new TilesInMemory(leaves.map(({ leaf }) => leafHash(Buffer.from(leaf))));
});
afterAll(() => service.stop());

async function newest(): Promise<Checkpoint> {
  return openCheckpoint((await auditor.get('/api/audit/checkpoint')).text, key)!;
}

const proof = (path: string): Promise<Response> => auditor.get(`/api/audit/proof/${path}`).then((response) => response);
const bytes = (all: readonly string[]): Buffer[] => all.map((hash) => Buffer.from(hash, 'base64'));
const read = (client: ApiClient, path: string): Promise<Response> => client.get(`/api/audit/${path}`).responseType('blob').then((response) => response);

describe('an inclusion proof', () => {
  it.each([0, 1, 255, 256, 511, 512, 699])('shows the entry at %i in the signed tree', async (index) => {
    const { status, body } = await proof(`inclusion?index=${index}&size=${tree.size}`);
    expect([status, Object.keys(body)]).toEqual([200, ['index', 'size', 'leafHash', 'hashes']]);
    expect(body.leafHash).toBe(tiles.leafHashes[index]!.toString('base64'));
    expect(verifyInclusion(index, tree.size, Buffer.from(body.leafHash, 'base64'), bytes(body.hashes), tree.root)).toBe(true);
  });

  it('is of any smaller tree, and of the newest signed one by itself', async () => {
    const smaller = (await proof('inclusion?index=300&size=301')).body;
    expect(verifyInclusion(300, 301, tiles.leafHashes[300]!, bytes(smaller.hashes), tiles.root(301))).toBe(true);
    const { body } = await proof('inclusion?index=300');
    expect(body.size).toBeGreaterThanOrEqual(tree.size);
  });
});

describe('a consistency proof', () => {
  it.each([[1, 2], [255, 256], [256, 700], [300, 513], [512, 700], [700, 700]])('shows that the tree of %i is the beginning of that of %i', async (from, to) => {
    const { status, body } = await proof(`consistency?from=${from}&to=${to}`);
    expect([status, body.from, body.to]).toEqual([200, from, to]);
    expect(verifyConsistency({ size: from, root: tiles.root(from) }, { size: to, root: tiles.root(to) }, bytes(body.hashes))).toBe(true);
  });

  it('goes to the newest signed tree by itself, and from the empty one', async () => {
    const { body } = await proof('consistency?from=513');
    const now = await newest();
    const end = body.to === now.size ? now.root : tiles.root(body.to);
    expect(verifyConsistency({ size: 513, root: tiles.root(513) }, { size: body.to, root: end }, bytes(body.hashes))).toBe(true);
    const empty = (await proof(`consistency?from=0&to=${tree.size}`)).body;
    expect(verifyConsistency({ size: 0, root: EMPTY_ROOT }, tree, bytes(empty.hashes))).toBe(true);
  });
});

describe('a proof as a file', () => {
  it('shows the entry with the log’s key alone', async () => {
    const { status, text, headers } = await proof('tlog?index=400');
    expect([status, headers['content-type']]).toEqual([200, 'text/plain; charset=utf-8']);
    expect(verifyTlogProof(text, tiles.leafHashes[400]!, key)).toMatchObject({ index: 400, checkpoint: { origin: tree.origin } });
    expect(verifyTlogProof(text, tiles.leafHashes[401]!, key)).toBeUndefined();
  });
});

describe('what is no proof', () => {
  it.each([
    ['inclusion', 'index'], ['inclusion?index=-1', 'index'], ['inclusion?index=01', 'index'], ['inclusion?index=1.5', 'index'], ['inclusion?index=1e3', 'index'], ['inclusion?index=9999999999999999', 'index'],
    ['inclusion?index=1&index=2', 'index'], ['inclusion?index=5&size=5', 'index'], ['inclusion?index=0&size=0', 'index'], ['inclusion?index=0&size=100000', 'size'], ['inclusion?index=100000', 'index'],
    ['inclusion?index=1&other=2', 'other'], ['consistency', 'from'], ['consistency?from=x', 'from'], ['consistency?from=3&to=2', 'from'], ['consistency?from=1&to=100000', 'to'], ['tlog', 'index'], ['tlog?index=100000', 'index'],
  ])('is refused by name: %s', async (path, field) => {
    const { status, body } = await proof(path);
    expect([status, body.code, body.fields]).toEqual([422, 'INVALID_INPUT', [field]]);
  });

  it('is refused before it leaves when a stored hash was changed, and is right again once it is put back', async () => {
    const flip = () => service.databases.recordsOwner(`UPDATE log_tile SET hashes = set_byte(hashes, 40, 255 - get_byte(hashes, 40)) WHERE level = 0 AND number = 1`);
    await flip();
    try {
      for (const path of ['inclusion?index=300', 'inclusion?index=10', 'tlog?index=300', 'consistency?from=300&to=600']) {
        const { status, body } = await proof(path);
        expect([path, status, body.code]).toEqual([path, 500, 'LOG_CHANGED']);
      }
    } finally {
      await flip();
    }
    expect((await proof('inclusion?index=300')).status).toBe(200);
  });

  it('is refused when the stored checkpoint is not signed with the log’s key', async () => {
    const { recordsOwner } = service.databases;
    const [{ size } = { size: 0 }] = await recordsOwner<{ size: number }>('SELECT max(size) AS size FROM log_checkpoint');
    await recordsOwner(`INSERT INTO log_checkpoint SELECT origin, size + 100000, replace(note, E'\\n' || size || E'\\n', E'\\n' || size + 100000 || E'\\n'), signed_at FROM log_checkpoint WHERE size = $1`, [size]);
    const { status, body } = await proof('inclusion?index=1');
    await recordsOwner('DELETE FROM log_checkpoint WHERE size > 100000');
    expect([status, body.code]).toEqual([500, 'LOG_CHANGED']);
  });
});

describe('a tile', () => {
  it.each([
    { level: 0, number: 0, width: 256 }, { level: 0, number: 1, width: 256 }, { level: 0, number: 2, width: 188 }, { level: 0, number: 0, width: 3 }, { level: 1, number: 0, width: 2 }, { level: 1, number: 0, width: 1 },
  ])('has the hashes of the tree: $level/$number, $width wide', async (tile) => {
    const { status, headers, body } = await read(auditor, tilePath(tile.level, tile.number, tile.width));
    expect([status, headers['content-type'], body.equals(tiles.bytes(tile))]).toEqual([200, 'application/octet-stream', true]);
    expect(headers['cache-control']).toBe(tile.width === 256 ? 'private, max-age=86400, immutable' : 'no-store');
  });

  it.each(['tile/0/009', 'tile/0/002', 'tile/1/000', 'tile/1/000.p/3', 'tile/2/000.p/1', 'tile/63/000', 'tile/0/x999/x999/999'])('is not there beyond the signed tree: %s', async (path) => {
    const { status, body } = await auditor.get(`/api/audit/${path}`);
    expect([status, body.code]).toEqual([404, 'NOT_FOUND']);
  });

  it.each(['tile/0/0', 'tile/0/1', 'tile/00/000', 'tile/64/000', 'tile/-1/000', 'tile/0/000.p/0', 'tile/0/000.p/256', 'tile/0/000.p/01', 'tile/0/x000/001', 'tile/0/000/', 'tile/0/..%252f000', 'tile/data/000', 'tile/0/'])(
    'is not at a malformed address: %s',
    async (path) => {
      const { status, body } = await auditor.get(`/api/audit/${path}`);
      expect([status, body.code]).toEqual([422, 'INVALID_INPUT']);
    },
  );
});

describe('a bundle of entries', () => {
  it('is read by the organisation’s auditor, and its leaves are those of the tree', async () => {
    for (const [number, width] of [[0, 256], [1, 256], [2, 100]] as const) {
      const { status, headers, body } = await read(ofOrganisation, tilePath('entries', number, width));
      expect([status, headers['content-type'], headers['cache-control']]).toEqual([200, 'application/octet-stream', 'no-store']);
      const leaves = leavesOf(body as Buffer)!;
      expect(Buffer.concat(leaves.map(leafHash)).equals(tiles.bytes({ level: 0, number, width }))).toBe(true);
    }
  });

  it('leaves an entry that every site’s auditor sees', async () => {
    await read(ofOrganisation, 'tile/entries/000.p/7');
    const { body } = await auditor.get('/api/audit/events?kind=log.read');
    expect(body.events[0]).toMatchObject({ actor: { role: 'auditor' }, subject: {}, context: { counts: { entries: 7, firstIndex: 0 } } });
  });

  it('is not for the auditor of a site, whose entries stay their site’s', async () => {
    const before = await service.databases.recordsOwner(`SELECT FROM log_entry WHERE kind = 'log.read'`);
    const { status, body } = await auditor.get('/api/audit/tile/entries/000');
    expect([status, body.code]).toEqual([403, 'FORBIDDEN']);
    expect(await service.databases.recordsOwner(`SELECT FROM log_entry WHERE kind = 'log.read'`)).toHaveLength(before.length);
  });

  it('is given by the database to a transaction of the organisation alone', async () => {
    const { records } = service.databases;
    const leaves = 'SELECT leaf FROM log_leaves(0, 256)';
    expect(await records.inSite(elsewhere, (tx) => tx.query(leaves))).toEqual([]);
    expect(await records.withoutSite((tx) => tx.query(leaves))).toEqual([]);
    expect(await records.ofOrganisation(elsewhere, (tx) => tx.query(leaves))).toHaveLength(256);
    expect(await records.ofOrganisation(elsewhere, (tx) => tx.query('SELECT FROM log_leaves(0, 100000)'))).toHaveLength(256);
  });

  it('reads nothing and logs nothing where there is none', async () => {
    const count = async () => (await service.databases.recordsOwner(`SELECT FROM log_entry WHERE kind = 'log.read'`)).length;
    const before = await count();
    for (const [path, status] of [['entries/009', 404], ['entries/000.p/0', 422], ['entries/0', 422]] as const) {
      expect([path, (await ofOrganisation.get(`/api/audit/tile/${path}`)).status]).toEqual([path, status]);
    }
    expect(await count()).toBe(before);
  });
});
