import { embeddedDatabases } from '../../dist/src/platform/embedded/embedded-databases.js';
import { Settings } from '../../dist/src/platform/settings.js';

/** A process that runs the embedded servers, says where they are, and stops them when its input ends or it is asked to. */
const [dataDirectory, attach] = process.argv.slice(2);

const databases = await embeddedDatabases(new Settings({ dataDirectory }), { attach: attach === 'attach', server: { fsync: 'off' } });
console.log(JSON.stringify({ records: databases.records, keys: databases.keys }));
process.stdin.resume();
process.stdin.once('end', () => void databases.stop().then(() => process.exit(0)));
