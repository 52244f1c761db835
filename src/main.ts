import 'reflect-metadata';
import { SetUpLink } from './access/set-up-link.js';
import { Clock } from './platform/clock.js';
import { settingsFromEnvironment } from './platform/settings.js';
import { startService } from './start-service.js';
import { stopOnSignals } from './stop-on-signals.js';

const service = await startService(settingsFromEnvironment(process.env), Clock.system());
stopOnSignals(service);

const link = await service.app.get(SetUpLink).renew(service.url);
process.stdout.write(`\nThinfile is at ${service.url}\n`);
if (link) process.stdout.write(`Nobody is here yet. To set it up, open this link within 24 hours; it works once:\n  ${link}\n\n`);
