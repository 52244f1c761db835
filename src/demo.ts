import 'reflect-metadata';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, existsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { ChangeSite } from './access/change-site.js';
import { demoClock, rememberClock } from './demo/demo-clock.js';
import { DEMO_HOUSEHOLDS } from './demo/households.js';
import { DEMO_TIME_ZONE, foundSite, memberOf, signInAll, signInWhoCan, type DemoMember, type ReturningMember } from './demo/members.js';
import { withoutCredentials } from './demo/without-credentials.js';
import { day } from './platform/clock.js';
import { EventLog } from './platform/event-log.js';
import { Settings } from './platform/settings.js';
import { yearOf } from './access/season-end.js';
import { Nightly } from './retention/nightly.js';
import { startService, type RunningService } from './start-service.js';
import { stopOnSignals } from './stop-on-signals.js';

interface Options {
  readonly port: string;
  readonly data?: string;
  readonly now?: string;
  readonly credentials: 'on' | 'off';
}

const DETAILS = join('var', 'demo.json');

const options = new Command('demo')
  .description('Thinfile with one site, five members and a dozen fictional households, on a throw-away data directory')
  .option('--port <number>', 'port to listen on; 0 for any free one', '3000')
  .option('--data <directory>', 'keep the data there, and go on with it next time')
  .option('--now <date>', 'what day it is, as YYYY-MM-DD: noon at the site')
  .addOption(new Option('--credentials <on|off>', 'whether the site collects numbers').choices(['on', 'off']).default('on'))
  .parse()
  .opts<Options>();

const directory = options.data ?? mkdtempSync(join(tmpdir(), 'thinfile-demo-'));
mkdirSync(directory, { recursive: true, mode: 0o700 });
const clockFile = join(directory, 'demo-clock');
const clock = demoClock(options.now === undefined ? undefined : day(options.now), clockFile);
const settings = new Settings({ dataDirectory: directory, port: Number(options.port), allowNeverIssuedNumbers: true });
const service = await startService(settings, clock, new EventLog(() => clock.now(), { write: () => undefined }));

stopOnSignals({ stop });

const members = await prepare(service).catch(async (error: unknown) => {
  await stop(); // the servers that it started would outlive it
  throw error;
});
rememberClock(clock, clockFile);
mkdirSync('var', { recursive: true });
writeFileSync(DETAILS, `${JSON.stringify({ url: service.url, members }, null, 2)}\n`, { mode: 0o600 });
announce(members);

async function stop(): Promise<void> {
  rememberClock(clock, clockFile);
  await service.stop();
  if (!options.data) rmSync(directory, { recursive: true, force: true });
}

async function prepare({ app, url }: RunningService): Promise<readonly ReturningMember[]> {
  const file = join(directory, 'demo-members.json');
  if (existsSync(file)) {
    const signedIn = await signInWhoCan(app, JSON.parse(readFileSync(file, 'utf8')) as DemoMember[]);
    await app.get(Nightly).catchUp();
    return signedIn;
  }
  const fresh = await foundSite(app);
  writeFileSync(file, JSON.stringify(fresh), { mode: 0o600 });
  const signedIn = await signInAll(app, fresh);
  const [preparer, administrator] = signedIn;
  await app.get(ChangeSite).run(await memberOf(app, administrator!.token), { collectCredentials: options.credentials === 'on' });
  for (const household of DEMO_HOUSEHOLDS) await enter(url, preparer!.token, household);
  return signedIn;
}

/** Through the API, as any client would. */
async function enter(url: string, token: string, household: Record<string, object>): Promise<void> {
  const answers = options.credentials === 'on' ? household : withoutCredentials(household);
  const response = await fetch(`${url}/api/intakes`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ taxYear: yearOf(clock.today(DEMO_TIME_ZONE)) - 1, answers }),
  });
  if (response.status !== 201) throw new Error(`a household of the demonstration was refused: ${response.status} ${await response.text()}`);
}

function announce(all: readonly ReturningMember[]): void {
  const rows = all.map(({ role, email, password, token }) => `  ${role.padEnd(14)} ${email.padEnd(30)} ${password}${token === undefined ? '  (cannot sign in now)' : ''}`);
  process.stdout.write(`\nThe demonstration is at ${service.url}. Everyone in it is made up. Sign in as\n\n${rows.join('\n')}\n\n`);
  process.stdout.write(`The same, with tokens for the API, is in ${DETAILS}. Ctrl-C ends it${options.data ? '' : ' and throws the data away'}.\n`);
}
