import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeExport } from '../../src/audit/export/write-export.js';
import { frontierBytes, EMPTY_FRONTIER, extendFrontier, leafHash } from '../../src/audit/merkle.js';
import { Sequencer } from '../../src/audit/sequencer.js';
import { Signer } from '../../src/audit/signer.js';
import { SigningKey } from '../../src/audit/signing-key.js';
import { formatCheckpoint } from '../../src/audit/checkpoint.js';
import { SignerStateFile } from '../../src/audit/signer-state.js';
import { verifyExport } from '../../src/commands/verify-log.js';
import { rootOf } from '../../src/audit/merkle.js';
import { RecordsDatabase } from '../../src/platform/records-database.js';
import { storedColumns } from '../support/stored-columns.js';
import { startTestService, type TestService } from '../support/test-service.js';

/**
 * The outsider has an older checkpoint and the log's key, both from the service's own API, and is handed an export. Whoever made
 * the export owns the service: its databases, its secret files, its signing key. So each history is made to fit: leaves, index, head,
 * the signer's memory and a fresh signature of the true key.
 */
describe('a changed, removed, reordered or rolled-back log entry is found by anyone holding an older checkpoint', () => {
  let service: TestService;
  let root: string;
  let older: string;
  let vkey: string;
  let exports = 0;
  const sql = <T = Record<string, unknown>>(text: string, ...parameters: unknown[]) => service.databases.recordsOwner<T>(text, parameters);

  beforeAll(async () => {
    service = await startTestService();
    root = mkdtempSync(join(tmpdir(), 'thinfile-promise-9-'));
    const preparer = service.api('preparer');
    const { id } = (await preparer.post('/api/intakes', { taxYear: 2026, answers: { taxpayer: { firstName: 'Robin' } } })).body as { id: string };
    for (let i = 0; i < 5; i++) await preparer.get(`/api/intakes/${id}`);
    await settle();
    older = join(root, 'kept');
    writeFileSync(older, (await service.api('auditor').get('/api/audit/checkpoint')).text);
    vkey = (await service.api().get('/api/audit/vkey')).text.trim();
    await preparer.get(`/api/intakes/${id}`);
    await settle();
    await service.app.get(Sequencer).onApplicationShutdown();
    await service.app.get(Signer).onApplicationShutdown();
    for (const table of ['log_entry', 'log_part', 'log_index', 'log_head', 'log_checkpoint']) await sql(`CREATE TABLE true_${table} AS TABLE ${table}`);
  }, 120_000);
  afterAll(async () => {
    await service.stop();
    rmSync(root, { recursive: true, force: true });
  });

  async function settle(): Promise<void> {
    await service.app.get(Sequencer).drain();
    await service.app.get(Signer).sign();
  }

  /** What is there now, made into a history that agrees with itself and is signed with the log's own key. */
  async function signAnew(): Promise<void> {
    const rows = await sql<{ entry_id: number; leaf: string }>('SELECT entry_id, leaf FROM log_index JOIN log_entry ON id = entry_id ORDER BY index');
    const hashes = rows.map(({ leaf }) => leafHash(Buffer.from(leaf)));
    const tree = extendFrontier(EMPTY_FRONTIER, hashes);
    await sql('DELETE FROM log_index');
    await sql(`INSERT INTO log_index (index, entry_id, leaf_hash) SELECT n - 1, id, hash FROM unnest($1::bigint[], $2::bytea[]) WITH ORDINALITY AS t (id, hash, n)`, rows.map((row) => row.entry_id), hashes);
    await sql('UPDATE log_head SET size = $1, frontier = $2', tree.size, frontierBytes(tree));
    const [directory] = service.databases.settings.secretsDirectories;
    const { origin } = new SignerStateFile(directory).read()!;
    const note = SigningKey.read(directory).sign(origin, formatCheckpoint({ origin, size: tree.size, root: rootOf(tree) }));
    await sql('DELETE FROM log_checkpoint');
    await sql('INSERT INTO log_checkpoint (origin, size, note, signed_at) VALUES ($1, $2, $3, now())', origin, tree.size, note);
  }

  /** What the outsider is told, by nothing but the export, the key and the kept checkpoint. */
  async function outsider(change: string | undefined): Promise<{ readonly said: readonly string[]; readonly failure: unknown }> {
    if (change !== undefined) {
      await sql(change);
      await signAnew();
    }
    const directory = join(root, `log-${exports++}`);
    await writeExport(service.app.get(RecordsDatabase), directory, () => undefined);
    for (const table of ['log_checkpoint', 'log_index', 'log_part', 'log_entry', 'log_head']) {
      await sql(`DELETE FROM ${table}`);
      const columns = await storedColumns(service.databases.recordsOwner, table);
      await sql(`INSERT INTO ${table} (${columns}) OVERRIDING SYSTEM VALUE SELECT ${columns} FROM true_${table}`);
    }
    const said: string[] = [];
    const trust = async (asked: object): Promise<unknown> => {
      try {
        await verifyExport(directory, { key: vkey, ...asked }, (line) => said.push(line));
        return undefined;
      } catch (error) {
        return error;
      }
    };
    // By the key alone the forged history is a good one: what finds it is the older checkpoint.
    if (change !== undefined) expect(await trust({})).toBeUndefined();
    said.length = 0;
    return { failure: await trust({ checkpoint: [older] }), said };
  }

  const remove = (which: string): string => `DELETE FROM log_part WHERE entry_id IN ${which}; DELETE FROM log_entry WHERE id IN ${which}; DELETE FROM log_index WHERE entry_id IN ${which}`;

  it('the true log is good', async () => {
    const { said, failure } = await outsider(undefined);
    expect([failure, said.at(-1)]).toEqual([undefined, expect.stringContaining('All of it is as it was written.')]);
  });

  it.each([
    ['changed', `UPDATE log_entry SET leaf = replace(leaf, '2027-02-01T17', '2027-02-01T16') WHERE id = (SELECT entry_id FROM log_index WHERE index = 5)`],
    ['reordered', `UPDATE log_index SET index = -5 WHERE index = 5; UPDATE log_index SET index = 5 WHERE index = 8; UPDATE log_index SET index = 8 WHERE index = -5`],
  ])('%s', async (_what, change) => {
    const { failure, said } = await outsider(change);
    expect(failure).toMatchObject({ name: 'LogNotGood' });
    expect(said.join('\n')).toMatch(/forked/);
    expect(said.join('\n')).toContain(older);
  });

  it('removed', async () => {
    const { failure, said } = await outsider(remove('(SELECT entry_id FROM true_log_index WHERE index = 9)'));
    expect(failure).toMatchObject({ name: 'LogNotGood' });
    expect(said.join('\n')).toMatch(/forked|rolled back/);
  });

  it('rolled back', async () => {
    const size = Number(readFileSync(older, 'utf8').split('\n')[1]);
    const { failure, said } = await outsider(remove(`(SELECT entry_id FROM true_log_index WHERE index >= ${size - 3})`));
    expect(failure).toMatchObject({ name: 'LogNotGood' });
    expect(said[0]).toMatch(new RegExp(`^First: After entry ${size - 4}: the log ends here, and .* is of ${size} entries: it was rolled back\\.$`));
  });
});
