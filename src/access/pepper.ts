import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomBytes } from '../crypto/random.js';
import { createFile } from '../platform/durable-file.js';
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
    createFile(path, randomBytes(BYTES));
  }
  const bytes = new Uint8Array(readFileSync(path));
  if (bytes.length !== BYTES) throw new Error(`not a pepper: ${path}`);
  return new Pepper(bytes);
}

function hasMembers(records: RecordsDatabase): Promise<boolean> {
  return records.acrossSites(async (tx) => (await tx.query('SELECT FROM member LIMIT 1')).length > 0);
}
