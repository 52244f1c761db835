import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { randomBytes } from '../crypto/random.js';
import type { RecordsDatabase } from '../platform/records-database.js';

const NAME = 'pepper.key';
const BYTES = 32;

/**
 * Mixed into every password's key, and kept in a file beside neither database: who has stolen both databases cannot even
 * guess at passwords. It never changes, since every wrapped secret key hangs on it.
 */
export class Pepper {
  constructor(readonly bytes: Uint8Array) {}
}

/**
 * Reads the pepper, or makes it at the first start.
 * @throws Error when there are members and no pepper: a new one would turn every password into a wrong one for good
 */
export async function loadPepper(records: RecordsDatabase, directory: string): Promise<Pepper> {
  const path = join(directory, NAME);
  if (!existsSync(path)) {
    if (await hasMembers(records)) throw new Error(`there are members, and the file their passwords need is missing: ${path}`);
    store(path, randomBytes(BYTES));
  }
  const bytes = new Uint8Array(readFileSync(path));
  if (bytes.length !== BYTES) throw new Error(`not a pepper: ${path}`);
  return new Pepper(bytes);
}

/** A crash leaves no file or a whole one. */
function store(path: string, bytes: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(`${path}.new`, bytes, { mode: 0o600, flush: true });
  renameSync(`${path}.new`, path);
  const directory = openSync(dirname(path), 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}

function hasMembers(records: RecordsDatabase): Promise<boolean> {
  return records.acrossSites(async (tx) => (await tx.query('SELECT FROM member LIMIT 1')).length > 0);
}
