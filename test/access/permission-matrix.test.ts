import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { runPurge } from '../support/run-purge.js';
import { BESIDE, servedRoutes } from '../support/served-routes.js';
import { apiClient, startTestService, type TestService } from '../support/test-service.js';
import { makeCallers, type Caller } from './matrix/callers.js';
import { discoveredRoutes } from './matrix/discovered-routes.js';
import { expectedOf, isPage, type Fixtures, type Rule } from './matrix/expected.js';
import { knock, type Knocked } from './matrix/knock.js';
import { makePeople } from './matrix/people.js';
import { RULES } from './matrix/rules.js';

/** Every route of the running service, tried by everybody there is. */
describe('the permission matrix', () => {
  let service: TestService;
  let callers: readonly Caller[];
  let fixtures: Fixtures;

  beforeAll(async () => {
    service = await startTestService();
    const people = await makePeople(service);
    const answers = { contact: { phone: '2025550177' }, household: [{ firstName: 'Rui', relationship: 'child' }] };
    const intake = await service.api('preparer').post('/api/intakes', { taxYear: 2026, answers }).expect(201);
    const erased = await service.api('preparer').post('/api/intakes', { taxYear: 2026, answers }).expect(201);
    const asked = await service.api('preparer').post(`/api/intakes/${erased.body.id}/erasure`, { reason: 'The client asked for it at the desk.' }).expect(202);
    await service.api('administrator').post(`/api/approvals/${asked.body.approvalId}/approve`).expect(204);
    const hold = await released(people.here);
    const { id: run } = await runPurge(service.api('administrator'));
    const { of, leavers, approval, invited, joined } = people;
    fixtures = { intake: intake.body.id, erased: erased.body.id, run, approval, hold, invited, joined, waiting: of.alsoWaiting.id, disabled: leavers.preparer.id };
    callers = await makeCallers(service, people);
  });
  afterAll(async () => {
    const running = async () => (await service.api('administrator').get('/api/retention/runs')).body.runs[0].state === 'running';
    while (await running()) await sleep(50);
    await service.stop();
  });

  /** A hold on a site that two have placed and released. */
  async function released(site: string): Promise<string> {
    const second = apiClient(service.url, service.members[4]!.token);
    const hold = await service.api('administrator').post('/api/holds', { matter: '2027-CV-0141', scope: { site, classes: ['notes'] } }).expect(201);
    const asked = await service.api('administrator').post(`/api/holds/${hold.body.id}/release`, { reason: 'Counsel wrote that the matter is over.' }).expect(202);
    await second.post(`/api/approvals/${asked.body.approvalId}/approve`).expect(204);
    return hold.body.id;
  }

  it('has a line for every route, and no line without one', () => {
    expect(Object.keys(RULES).sort()).toEqual(discoveredRoutes(service.app));
    expect([...Object.keys(RULES), ...BESIDE].sort()).toEqual(servedRoutes(service.app));
  });

  it.each(Object.entries(RULES))('%s', async (route, rule) => {
    const [got, wanted]: [string[], string[]] = [[], []];
    for (const caller of callers) {
      const sender = rule.ends && caller.member ? await caller.member.again() : caller;
      const { status, location, body } = await knock(service.url, route, rule, sender, fixtures);
      const expected = expectedOf(route, rule, caller);
      wanted.push(`${caller.name}: ${expected.join(' or ')}`);
      got.push(`${caller.name}: ${expected.includes(status) ? expected.join(' or ') : status}`);
      const isStranger = rule.who !== 'anyone' && !caller.member;
      if (isStranger && isPage(route) && status === 303) expect([caller.name, location]).toEqual([caller.name, expect.stringMatching(/^\/sign-in/)]);
      const waits = rule.needsKey && caller.member?.role === 'preparer' && !caller.member.holdsKey;
      if (waits && isPage(route) && status === 303) expect([caller.name, location]).toEqual([caller.name, '/six-words']);
      const code = isStranger ? 'SIGNED_OUT' : status === 403 ? codeOf403(rule, caller) : undefined;
      if (code !== undefined && !isPage(route)) expect([caller.name, JSON.parse(body).code]).toEqual([caller.name, code]);
    }
    expect(got).toEqual(wanted);
  });

  /** The answer, less the address itself, which a page repeats in its links. */
  async function asked(route: string, rule: Rule, caller: Caller, those: Fixtures): Promise<Knocked> {
    const answer = await knock(service.url, route, rule, caller, those);
    return { ...answer, body: Object.values<string>({ ...those }).reduce((body, id) => body.replaceAll(id, 'the id'), answer.body) };
  }

  const ofOneSite = Object.entries(RULES).filter(([, { ofSite }]) => ofSite);
  it.each(ofOneSite)('%s does not tell another site’s members what there is here', async (route, rule) => {
    const nothing = Object.fromEntries(Object.keys(fixtures).map((name) => [name, randomUUID()])) as unknown as Fixtures;
    for (const caller of callers.filter(({ member }) => member && !member.isHere)) {
      const [here, nowhere] = [await asked(route, rule, caller, fixtures), await asked(route, rule, caller, nothing)];
      expect([caller.name, here]).toEqual([caller.name, nowhere]);
    }
  });
});

/** By the role, or by the cryptography behind it: a role that gets past the first is not saved by the second unnoticed. */
function codeOf403({ who }: Rule, { member }: Caller): string {
  return who !== 'anyone' && who.includes(member!.role) && member!.role === 'preparer' ? 'NOT_ADMITTED' : 'FORBIDDEN';
}
