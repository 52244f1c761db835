import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CrashWorld } from './crash-world.js';
import { CRASH_TIMEOUT_MS, dieEverywhere } from './die-everywhere.js';
import { must, PASSWORD, signIn, type Invited, type Person } from './people.js';
import { Died, dropSpare } from './running-service.js';

const OTHER_PASSWORD = 'five brown otters swim downstream';

let world: CrashWorld;
beforeAll(async () => {
  world = await CrashWorld.founded();
});
afterAll(async () => {
  await world.close();
  await dropSpare();
});

interface Listed {
  readonly id: string;
  readonly status: string;
  readonly words?: readonly string[];
}

async function listed(id: string): Promise<Listed> {
  const { body } = must(await world.victim.ask('GET', '/api/members', undefined, world.preparer.token), 200);
  return body.members.find((member: Listed) => member.id === id);
}

async function admit({ id }: Person, dieAt?: string) {
  const words = (await listed(id)).words!.join(' ');
  return world.victim.ask('POST', `/api/members/${id}/admit`, { words }, world.preparer.token, dieAt);
}

const canRead = async (who: Person) => {
  for (const service of world.services) must(await service.ask('POST', '/api/intakes', { taxYear: 2026 }, who.token), 201);
};
const trySignIn = (email: string, password: string) => world.victim.ask('POST', '/api/sign-in', { email, password });
const halves = (id: string) =>
  world.databases.keysOwner<{ kind: string }>(`SELECT kind FROM half WHERE member_id = $1 AND kind = 'password'`, [id]);

describe('a service killed while', () => {
  it('somebody joins leaves the link as it was, or a member who waits', async () => {
    let invited: Invited | undefined;
    const deaths = await dieEverywhere(world, {
      name: 'join',
      prepare: async () => (invited ??= await world.invite('preparer')),
      run: ({ token }, dieAt) => world.victim.ask('POST', '/api/join', { token, password: PASSWORD }, undefined, dieAt),
      check: async ({ email, token }, answer) => {
        if ((await trySignIn(email, PASSWORD)).status !== 200) {
          expect(answer).toBeUndefined();
          return; // the next try goes with the same link
        }
        expect((await listed((await signIn(world.survivor, email)).id)).status).toBe('waiting');
        expect((await world.victim.ask('POST', '/api/join', { token, password: PASSWORD })).status).toBe(404);
        invited = undefined;
      },
    });
    expect(deaths.length).toBeGreaterThanOrEqual(2);
  }, CRASH_TIMEOUT_MS);

  it('somebody is admitted leaves them with the key, or waiting for it', async () => {
    let waiting: Person | undefined;
    const deaths = await dieEverywhere(world, {
      name: 'admit',
      prepare: async () => (waiting ??= await world.join('preparer')),
      run: (person, dieAt) => admit(person, dieAt),
      check: async (person, answer) => {
        const { status } = await listed(person.id);
        if (answer) expect([answer.status, status]).toEqual([204, 'active']);
        if (status === 'waiting') {
          expect((await world.survivor.ask('POST', '/api/intakes', { taxYear: 2026 }, person.token)).body.code).toBe('NOT_ADMITTED');
          return; // the next try is for the same person
        }
        await canRead(person);
        waiting = undefined;
      },
    });
    expect(deaths.length).toBeGreaterThanOrEqual(2);
  }, CRASH_TIMEOUT_MS);

  it('somebody changes their password leaves one that opens, no half of another once they have signed in, and no session of the old one beside the new', async () => {
    let current = PASSWORD;
    const person = await world.join('auditor');
    const deaths = await dieEverywhere(world, {
      name: 'change of password',
      prepare: async () => ({
        next: current === PASSWORD ? OTHER_PASSWORD : PASSWORD,
        other: (await signIn(world.survivor, person.email, current)).token,
      }),
      run: ({ next }, dieAt) => world.victim.ask('POST', '/api/password', { current, next }, person.token, dieAt),
      check: async ({ next, other }, answer) => {
        const opens = [(await trySignIn(person.email, current)).status, (await trySignIn(person.email, next)).status];
        expect(answer ? [[401, 200]] : [[200, 401], [401, 200]]).toContainEqual(opens);
        expect(await halves(person.id)).toEqual([{ kind: 'password' }]);
        must(await world.survivor.ask('GET', '/api/members', undefined, person.token), 200);
        if (opens[1] !== 200) return;
        for (const service of world.services) expect((await service.ask('GET', '/api/members', undefined, other)).status).toBe(401);
        current = next;
      },
    });
    expect(deaths.length).toBeGreaterThanOrEqual(3);
  }, CRASH_TIMEOUT_MS);

  it('somebody is disabled leaves them out, or able to be disabled', async () => {
    const deaths = await dieEverywhere(world, {
      name: 'disable',
      prepare: () => world.join('auditor'),
      run: ({ id }, dieAt) => world.victim.ask('POST', `/api/members/${id}/disable`, {}, world.administrator.token, dieAt),
      check: async ({ id, email, token }, answer) => {
        const again = await world.victim.ask('POST', `/api/members/${id}/disable`, {}, world.administrator.token);
        expect(answer ? [409] : [200, 409]).toContain(again.status);
        expect((await trySignIn(email, PASSWORD)).status).toBe(401);
        for (const service of world.services) expect((await service.ask('GET', '/api/members', undefined, token)).status).toBe(401);
        expect(await halves(id)).toEqual([]);
      },
    });
    expect(deaths.length).toBeGreaterThanOrEqual(2);
  }, CRASH_TIMEOUT_MS);

  it('one of two holders of the key is disabled leaves the key with the other, who is not erased', async () => {
    const other = await CrashWorld.founded();
    try {
      must(await other.survivor.ask('POST', '/api/intakes', { taxYear: 2026 }, other.preparer.token), 201);
      const leaver = await other.join('preparer');
      const { body } = must(await other.survivor.ask('GET', '/api/members', undefined, other.preparer.token), 200);
      const words = body.members.find((member: Listed) => member.id === leaver.id).words.join(' ');
      must(await other.survivor.ask('POST', `/api/members/${leaver.id}/admit`, { words }, other.preparer.token), 204);
      const halvesOf = ({ id }: Person) => other.databases.keysOwner<{ kind: string }>('SELECT kind FROM half WHERE member_id = $1 ORDER BY kind', [id]);
      const disable = ({ id }: Person, dieAt?: string) => other.victim.ask('POST', `/api/members/${id}/disable`, {}, other.administrator.token, dieAt);

      // Until it dies between the two databases: the halves are gone, and the member is as before.
      for (let at = 1; (await halvesOf(leaver)).length > 0; at++) {
        await expect(disable(leaver, `${at} sent`)).rejects.toThrow(Died);
        await other.restart();
      }
      expect(await other.databases.recordsOwner('SELECT status FROM member WHERE id = $1', [leaver.id])).toEqual([{ status: 'active' }]);

      expect(must(await disable(other.preparer), 200).body).toEqual({ leaving: 'blocked' });
      expect((await halvesOf(other.preparer)).map(({ kind }) => kind)).toEqual(['grant', 'password']);
      expect(must(await disable(leaver), 200).body).toEqual({ leaving: 'erased' });
    } finally {
      await other.close();
    }
  }, CRASH_TIMEOUT_MS);

  it('somebody signs in and out leaves sessions that are there or not', async () => {
    const person = await world.join('auditor');
    const signIns = await dieEverywhere(world, {
      name: 'sign in',
      prepare: async () => person.email,
      run: (email, dieAt) => world.victim.ask('POST', '/api/sign-in', { email, password: PASSWORD }, undefined, dieAt),
      check: async (email, answer) => {
        const token = answer?.body.token ?? (await signIn(world.victim, email)).token;
        for (const service of world.services) must(await service.ask('GET', '/api/members', undefined, token), 200);
      },
    });
    const signOuts = await dieEverywhere(world, {
      name: 'sign out',
      prepare: () => signIn(world.survivor, person.email),
      run: ({ token }, dieAt) => world.victim.ask('POST', '/api/sign-out', {}, token, dieAt),
      check: async ({ token }, answer) => {
        if (!answer) await world.victim.ask('POST', '/api/sign-out', {}, token);
        for (const service of world.services) expect((await service.ask('GET', '/api/members', undefined, token)).status).toBe(401);
      },
    });
    expect([signIns.length, signOuts.length].map((deaths) => deaths >= 2)).toEqual([true, true]);
  }, CRASH_TIMEOUT_MS);
});
