import 'reflect-metadata';
import { foundSite, signInAll } from '../../dist/src/demo/members.js';
import { Settings } from '../../dist/src/platform/settings.js';
import { startService } from '../../dist/src/start-service.js';
import { stopOnSignals } from '../../dist/src/stop-on-signals.js';
import { SharedClock } from './shared-clock.js';

/**
 * The built service as `npm start` runs it, on a clock that the test moves, with one site and its five members, whom it signs
 * in when told to. It speaks with the test over a channel of its own, so that its two streams hold what it prints and no more.
 */
const [dataDirectory, clock] = process.argv.slice(2);

const service = await startService(new Settings({ dataDirectory, port: 0, allowNeverIssuedNumbers: true }), new SharedClock(clock));
stopOnSignals(service);
const people = await foundSite(service.app);
process.on('message', () => void signInAll(service.app, people).then((members) => process.send({ members })));
process.once('disconnect', () => process.exit(0)); // the test is gone
process.send({ url: service.url });
