import { parseVerifierKey } from '../../src/audit/verifier-key.js';
import { verifyStoredLog } from '../../src/audit/verify/verify-stored-log.js';
import { Clock } from '../../src/platform/clock.js';
import { embeddedDatabases } from '../../src/platform/embedded/embedded-databases.js';
import { connect } from '../../src/platform/open-databases.js';
import { Settings } from '../../src/platform/settings.js';
import { twice } from './watched.js';

/** Run by `verify.ts`: verifies the log in the database of a running service, as its command does, and prints what it took. */
const [dataDirectory, vkey, entries] = process.argv.slice(2) as [string, string, string];
const { records, keys } = await connect(await embeddedDatabases(new Settings({ dataDirectory }), { attach: true }));
const outside = { key: parseVerifierKey(vkey)!, signer: undefined, kept: [], now: Clock.system().now() };
process.stdout.write(JSON.stringify(await twice(Number(entries), () => verifyStoredLog(records, outside, () => undefined))));
await Promise.all([records.close(), keys.close()]);
