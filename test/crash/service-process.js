import { dyingAt, watch } from './kill-at.js'; // before everything that imports node:fs or pg
import 'reflect-metadata';
import { spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { SetUpLink } from '../../dist/src/access/set-up-link.js';
import { Clock } from '../../dist/src/platform/clock.js';
import { Settings } from '../../dist/src/platform/settings.js';
import { startService } from '../../dist/src/start-service.js';
import { stopOnSignals } from '../../dist/src/stop-on-signals.js';
import { SharedClock } from '../support/shared-clock.js';

/**
 * The built service as `npm start` runs it, with a shared clock. Loads first, and starts when told to on its input; runs
 * commands that it is sent, for a test that has given it file systems of its own.
 */
const input = createInterface({ input: process.stdin });
input.on('line', (line) => {
  const { run, ...what } = JSON.parse(line);
  if (!run) return void start(what);
  const { status } = spawnSync('sh', ['-c', run]);
  console.log(`ran ${run}: ${status}`);
});
input.once('close', () => process.exit(0)); // the test is gone

async function start({ settings, clock, dieAt }) {
  watch([settings.dataDirectory, ...settings.secretsDirectories]);
  const begin = async () => {
    const service = await startService(new Settings(settings), clock ? new SharedClock(clock) : Clock.system());
    const link = await service.app.get(SetUpLink).renew(service.url);
    return { service, link };
  };
  const { service, link } = await (dieAt ? dyingAt(dieAt, begin) : begin());
  stopOnSignals(service);
  console.log(`at ${service.url}${link ? ` ${link}` : ''}`);
}
