import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { CrashWorld } from './crash-world.js';
import { CRASH_TIMEOUT_MS, dieEverywhere, EVERYWHERE } from './die-everywhere.js';
import { EmbeddedWorld } from './embedded-world.js';
import { collectNumbers, invite, join, must, ORGANISATION, PASSWORD, signIn, tokenIn } from './people.js';
import { Died, dropSpare, type Answer } from './running-service.js';

let world: CrashWorld | undefined;
async function another(): Promise<CrashWorld> {
  await world?.close();
  return (world = await CrashWorld.empty());
}
afterEach(async () => {
  await world?.close();
  world = undefined;
});

afterAll(dropSpare);

const STARTED: Answer = { status: 0, body: undefined };

/** Somebody can go on as if nothing had been: set it up, come in, make the site's key, and work. */
async function worksFromTheStart({ victim }: CrashWorld): Promise<void> {
  if (victim.link) await victim.ask('POST', '/api/set-up', { ...ORGANISATION, token: tokenIn(victim.link) });
  const administrator = await collectNumbers(victim);
  const { email, token } = await invite(victim, administrator, 'preparer', 'robin@example.org');
  const preparer = await join(victim, email, token);
  must(await victim.ask('POST', '/api/intakes', { taxYear: 2026 }, preparer.token), 201);
}

describe('a service killed in its first minutes', () => {
  it('starts again whatever its first start had written', async () => {
    const deaths = await dieEverywhere({ restart: () => world!.restart() }, {
      name: 'first start',
      stride: 9,
      prepare: another,
      run: async (fresh, dieAt) => {
        fresh.victim = await fresh.start(dieAt);
        return STARTED;
      },
      check: worksFromTheStart,
    });
    expect(deaths.length).toBeGreaterThanOrEqual(2);
  }, CRASH_TIMEOUT_MS);

  it('is set up, or waits for it with a link that works', async () => {
    const deaths = await dieEverywhere({ restart: () => world!.restart() }, {
      name: 'set-up',
      prepare: async () => {
        await (await another()).restart();
        return world!;
      },
      run: ({ victim }, dieAt) => victim.ask('POST', '/api/set-up', { ...ORGANISATION, token: tokenIn(victim.link!) }, undefined, dieAt),
      check: worksFromTheStart,
    });
    expect(deaths.length).toBeGreaterThanOrEqual(2);
  }, CRASH_TIMEOUT_MS);

  it('has the key of the site with its first preparer, or none', async () => {
    const deaths = await dieEverywhere({ restart: () => world!.restart() }, {
      name: 'first preparer',
      prepare: async () => {
        const { victim } = await (await another()).restart();
        must(await victim.ask('POST', '/api/set-up', { ...ORGANISATION, token: tokenIn(victim.link!) }), 201);
        return invite(victim, await signIn(victim, ORGANISATION.email), 'preparer', 'robin@example.org');
      },
      run: ({ token }, dieAt) => world!.victim.ask('POST', '/api/join', { token, password: PASSWORD }, undefined, dieAt),
      check: async ({ email, token }) => {
        const { victim } = world!;
        await victim.ask('POST', '/api/join', { token, password: PASSWORD });
        const preparer = await signIn(victim, email);
        must(await victim.ask('POST', '/api/intakes', { taxYear: 2026 }, preparer.token), 201);
      },
    });
    expect(deaths.length).toBeGreaterThanOrEqual(2);
  }, CRASH_TIMEOUT_MS);

  it('starts again with servers of its own, whatever it had written of their passwords', async () => {
    const kinds = EVERYWHERE ? 'torn,file,before,sent' : 'torn'; // the first two are the files of the passwords
    let deaths = 0;
    for (let over = false; !over && (EVERYWHERE || deaths < 2); ) {
      const embedded = EmbeddedWorld.empty();
      try {
        await embedded.start([], `${deaths + 1} ${kinds}`);
        over = true;
      } catch (error) {
        if (!(error instanceof Died) || !/^died /m.test(error.message)) throw error;
        deaths += 1;
        await embedded.start();
      }
      expect((await embedded.service.ask('GET', '/readyz')).status).toBe(200);
      await embedded.close();
    }
    expect(deaths).toBeGreaterThanOrEqual(2);
  }, CRASH_TIMEOUT_MS);
});
