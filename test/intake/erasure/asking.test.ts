import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { Approvals } from '../../../src/access/approvals/approvals.js';
import { InviteMember } from '../../../src/access/invite-member.js';
import { Join } from '../../../src/access/join.js';
import { SignIn } from '../../../src/access/sign-in.js';
import { memberOf } from '../../../src/demo/members.js';
import { apiClient, type ApiClient } from '../../support/test-service.js';
import { secondSite } from '../../support/two-sites.js';
import { ErasureWorld, REASON } from './erasure-world.js';

let world: ErasureWorld;
beforeAll(async () => {
  world = await ErasureWorld.start();
});
afterAll(() => world.service.stop());

const codeOf = async (sent: PromiseLike<{ status: number; body: { code?: string } }>) => {
  const { status, body } = await sent;
  return [status, body.code];
};

describe('asking for a client’s own erasure', () => {
  it('is for preparers and administrators, and changes nothing by itself', async () => {
    const id = await world.started();
    expect(await codeOf(world.ask(id, world.as('auditor')))).toEqual([403, 'FORBIDDEN']);
    expect(await codeOf(world.ask(id, world.service.api()))).toEqual([401, 'SIGNED_OUT']);
    const { body, status } = await world.ask(id);
    expect([status, body]).toEqual([202, { approvalId: expect.any(String) }]);
    await world.read(id).expect(200);
    expect(await codeOf(world.receipt(id))).toEqual([404, 'NOT_FOUND']);
    const other = await world.started();
    await world.ask(other, world.as('administrator')).expect(202);
  });

  it('takes a reason without numbers of clients', async () => {
    const id = await world.started();
    for (const reason of ['', 'too short', 'her number is 400-00-1234']) {
      const refused = await world.ask(id, undefined, reason);
      expect([refused.status, refused.body.code, refused.body.fields]).toEqual([422, 'INVALID_INPUT', ['reason']]);
    }
    expect(await codeOf(world.as('preparer').post(`/api/intakes/${id}/erasure`))).toEqual([422, 'INVALID_INPUT']);
    await world.ask(id).expect(202);
  });

  it('is done once: a second request is told of the first, also of two at the same moment', async () => {
    const id = await world.started();
    const approvalId = await world.asked(id);
    const second = await world.ask(id, world.as('preparer2'));
    expect([second.status, second.body]).toEqual([409, expect.objectContaining({ code: 'ALREADY_DONE', approvalId })]);
    const contested = await world.started();
    const both = await Promise.all([world.ask(contested), world.ask(contested, world.as('administrator'))]);
    expect(both.map(({ status }) => status).sort()).toEqual([202, 409]);
    await world.as('administrator').post(`/api/approvals/${approvalId}/decline`).expect(204);
    await world.ask(id).expect(202);
  });

  it('does not see another site’s intake, nor one that never was', async () => {
    const id = await world.started();
    const there = apiClient(world.service.url, (await secondSite(world.service)).token);
    expect(await codeOf(world.ask(id, there))).toEqual([404, 'NOT_FOUND']);
    expect(await codeOf(world.receipt(id, there))).toEqual([404, 'NOT_FOUND']);
    expect(await codeOf(world.ask(randomUUID()))).toEqual([404, 'NOT_FOUND']);
    expect(await codeOf(world.ask('no-number-at-all'))).toEqual([404, 'NOT_FOUND']);
  });

  it('is refused under a hold of any part of it', async () => {
    const id = await world.started();
    const hold = await world.hold(id, ['contact']);
    expect(await codeOf(world.ask(id))).toEqual([423, 'PRESERVED']);
    await world.release(hold);
    await world.ask(id).expect(202);
  });

  it('is no way around the second person: a preparer whom nobody admitted cannot ask', async () => {
    const id = await world.started();
    const waiting = await invitedPreparer();
    expect(await codeOf(world.ask(id, waiting))).toEqual([403, 'NOT_ADMITTED']);
  });
});

describe('deciding it', () => {
  it('is for an administrator who did not ask', async () => {
    const id = await world.started();
    const approvalId = (await world.ask(id, world.as('administrator')).expect(202)).body.approvalId;
    for (const name of ['preparer', 'preparer2', 'auditor'] as const) expect((await world.approve(approvalId, world.as(name))).status).toBe(403);
    expect(await codeOf(world.approve(approvalId))).toEqual([403, 'APPROVER_NOT_INDEPENDENT']);
    await world.read(id).expect(200);
    await world.approve(approvalId, world.as('administrator2')).expect(204);
    expect(await codeOf(world.approve(approvalId, world.as('administrator2')))).toEqual([409, 'APPROVAL_CLOSED']);
  });

  it('tells the number and the year of the intake, and nothing of the client', async () => {
    const id = await world.started();
    const approvalId = await world.asked(id);
    const { body } = await world.as('administrator').get(`/api/approvals/${approvalId}`);
    expect(body).toMatchObject({ kind: 'intake.erasure', about: { intake: id, taxYear: 2026 }, reason: REASON, organisationWide: false, may: ['approve', 'decline'] });
    expect(JSON.stringify(body)).not.toContain('Ferreira');
    await world.as('preparer').post(`/api/approvals/${approvalId}/withdraw`).expect(204);
    expect(await codeOf(world.approve(approvalId))).toEqual([409, 'APPROVAL_CLOSED']);
    await world.read(id).expect(200);
  });

  it('comes too late for a hold that was placed meanwhile, and the request stays', async () => {
    const id = await world.started();
    const approvalId = await world.asked(id);
    const hold = await world.hold(id);
    expect(await codeOf(world.approve(approvalId))).toEqual([423, 'PRESERVED']);
    await world.read(id).expect(200);
    await world.release(hold);
    await world.approve(approvalId).expect(204);
    await world.read(id).expect(410);
  });
});

/** An administrator could make one of these alone. */
async function invitedPreparer(): Promise<ApiClient> {
  const { app, members, url } = world.service;
  const person = { name: 'Wim', email: 'wim@example.org', role: 'preparer', password: 'walrus wim juggling plums' } as const;
  const { path, approval } = await app.get(InviteMember).run(await memberOf(app, members[1]!.token), person);
  if (approval) await app.get(Approvals).approve(await memberOf(app, members[4]!.token), approval.id);
  await app.get(Join).run({ token: new URL(path, url).searchParams.get('token')!, password: person.password });
  return apiClient(url, (await app.get(SignIn).run(person, 'an address', false)).token);
}
