import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { verifyCheckpoint, type LogCheckpoint } from '@sigstore/verify/dist/tlog/checkpoint.js';
import { verifyMerkleInclusion } from '@sigstore/verify/dist/tlog/merkle.js';
import { SigningKey } from '../../src/audit/signing-key.js';
import { proveInclusion } from '../../src/audit/tiles/prove.js';
import type { VerifierKey } from '../../src/audit/verifier-key.js';
import { logFixture, type LogFixture } from './log-fixture.js';

type Entry = Parameters<typeof verifyCheckpoint>[0];
type Log = Parameters<typeof verifyCheckpoint>[1][number];

const ENTRIES = 300;

/** Sigstore's own verifier of transparency logs, which knows nothing of this project: of signed notes, checkpoints and inclusion proofs. */
describe('sigstore’s verifier', () => {
  let fixture: LogFixture;
  let logs: readonly Log[];
  const entries: Entry[] = [];

  beforeAll(async () => {
    fixture = await logFixture();
    const { databases, sequencer, signer, secrets } = fixture;
    await signer.sign(); // names the log
    await fixture.write(ENTRIES);
    await sequencer.drain();
    await signer.sign();
    const rows = await databases.recordsOwner<{ leaf: string; note: string; origin: string }>(
      `SELECT e.leaf, c.note, c.origin FROM log_index i JOIN log_entry e ON e.id = i.entry_id, (SELECT * FROM log_checkpoint ORDER BY size DESC LIMIT 1) AS c ORDER BY i.index`,
    );
    logs = [logOf(SigningKey.read(secrets).verifier(rows[0]!.origin))];
    await databases.records.acrossSites(async (tx) => {
      for (const [index, { leaf, note }] of rows.entries()) entries.push(entryOf(index, leaf, (await proveInclusion(tx, index)).hashes, note));
    });
  });
  afterAll(() => fixture.databases.close());

  const verify = (entry: Entry, by = logs): LogCheckpoint => {
    const checkpoint = verifyCheckpoint(entry, [...by]);
    verifyMerkleInclusion(entry, checkpoint);
    return checkpoint;
  };

  it('finds every entry of the log in its signed tree', () => {
    expect(entries).toHaveLength(ENTRIES + 1);
    for (const entry of entries) expect(verify(entry)).toMatchObject({ logSize: BigInt(ENTRIES + 1), rest: [] });
  });

  it('finds no other entry there, nor one at another place, nor anything by another key', () => {
    const [entry] = entries.slice(200);
    const { inclusionProof: proof } = entry!;
    const others: readonly Entry[] = [
      { ...entry!, canonicalizedBody: Buffer.from(entry!.canonicalizedBody.toString().replace('answers.read', 'answers.reed')) },
      { ...entry!, inclusionProof: { ...proof, logIndex: '201' } },
      { ...entry!, inclusionProof: { ...proof, hashes: [...proof.hashes.slice(1), proof.hashes[0]!] } },
      { ...entry!, inclusionProof: { ...proof, checkpoint: { envelope: proof.checkpoint.envelope.replace(`\n${ENTRIES + 1}\n`, `\n${ENTRIES + 2}\n`) } } },
    ];
    for (const other of others) expect(() => verify(other)).toThrow();
    const { publicKey } = SigningKey.create(`${fixture.secrets}/other`).verifier('x');
    expect(() => verify(entry!, [{ ...logs[0]!, publicKey }])).toThrow('invalid checkpoint signature');
  });
});

/** A log as a user of that verifier would name it: the first four bytes of its id are the key's in notes. */
function logOf({ name, keyId, publicKey }: VerifierKey): Log {
  return { logID: keyId, baseURL: `https://${name}`, publicKey, validFor: { start: new Date(0), end: new Date(8.64e15) } };
}

function entryOf(index: number, leaf: string, hashes: readonly Buffer[], note: string): Entry {
  return {
    ...{ logIndex: String(index), logId: undefined as never, kindVersion: undefined as never, integratedTime: '0', inclusionPromise: undefined },
    canonicalizedBody: Buffer.from(leaf),
    inclusionProof: { logIndex: String(index), rootHash: Buffer.alloc(0), treeSize: String(ENTRIES + 1), hashes: [...hashes], checkpoint: { envelope: note } },
  };
}
