import { parseVerifierKey } from '../../src/audit/verifier-key.js';
import { verifyExportedLog } from '../../src/audit/verify/verify-exported-log.js';
import { twice } from './watched.js';

/** Run by `verify.ts`: verifies an export of so many entries and prints what it took. */
const [directory, vkey, entries] = process.argv.slice(2) as [string, string, string];
const key = parseVerifierKey(vkey)!;
process.stdout.write(JSON.stringify(await twice(Number(entries), () => verifyExportedLog(directory, key, [], () => undefined))));
