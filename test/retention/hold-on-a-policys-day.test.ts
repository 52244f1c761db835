import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { signInAll } from '../../src/demo/members.js';
import { AccessLog } from '../../src/audit/append-entry.js';
import { RecordsDatabase } from '../../src/platform/records-database.js';
import { DEFAULT_POLICY } from '../../src/retention/default-policy.js';
import { DestructionCertificates } from '../../src/retention/destruction-certificates.js';
import { DestructionDay } from '../../src/retention/destruction-day.js';
import { FollowRules } from '../../src/retention/policies/follow-rules.js';
import { RunInputs } from '../../src/retention/run-inputs.js';
import { RunJournal } from '../../src/retention/run-journal.js';
import { RunPurge } from '../../src/retention/run-purge.js';
import { Sweep } from '../../src/retention/sweep.js';
import { KeyStore } from '../../src/vault/key-store.js';
import { apiClient, type ApiClient } from '../support/test-service.js';
import { Season } from './check/season.js';

const REASON = 'The board decided on shorter periods in May.';

let season: Season;
beforeAll(async () => {
  season = await Season.start('2027-02-01');
});
afterAll(() => season.end());

/** Of the organisation: the one proposes, the other approves. */
async function administrators(): Promise<readonly ApiClient[]> {
  const { app, members, url } = season.service;
  const both = await signInAll(app, members.filter(({ email }) => email.startsWith('administrator')));
  return both.map(({ token }) => apiClient(url, token));
}

async function publish(days: number, effectiveDay: string): Promise<void> {
  const [one, other] = await administrators();
  const rules = [{ trigger: 'done', days }, { trigger: 'untouched', days }];
  const document = { ...DEFAULT_POLICY, classes: { ...DEFAULT_POLICY.classes, identity: { rules } } };
  const { body } = await one!.post('/api/retention/policy/proposals', { document, effectiveDay, reason: REASON });
  await other!.post(`/api/approvals/${body.approvalId}/approve`).expect(204);
  await season.service.app.get(FollowRules).now(); // within seconds by itself
}

async function placeHold(): Promise<void> {
  const [one] = await administrators();
  await one!.post('/api/holds', { matter: '2027-CV-0142', scope: { taxYear: 1999 } }).expect(201);
  await season.service.app.get(FollowRules).now();
}

async function standing(): Promise<readonly number[]> {
  const rows = await season.service.databases.recordsOwner<{ version: number }>('SELECT version FROM retention_policy WHERE withdrawn_at IS NULL ORDER BY version');
  return rows.map(({ version }) => version);
}

describe('a hold that is placed around the midnight on which a shorter policy takes effect', () => {
  beforeEach(async () => {
    for (const { id } of await season.keys('SELECT id FROM hold WHERE released_at IS NULL')) await season.release(id as string);
  });

  it('takes the policy back while it has come at no site yet', async () => {
    await season.on('2027-02-01');
    await publish(10, '2027-03-10');
    season.service.clock.setTo(new Date('2027-03-10T04:30:00Z')); // 23:30 of the day before, in New York
    await placeHold();
    expect(await standing()).toEqual([1]);
  });

  it('and leaves it in force from then on, and the run goes by it, with a certificate that says so', async () => {
    await season.on('2027-03-11');
    await publish(10, '2027-04-20');
    const id = await season.intake(await season.on('2027-04-05'));
    season.service.clock.setTo(new Date('2027-04-20T10:00:00Z')); // 06:00 of the day, in New York
    await placeHold();
    expect(await standing()).toEqual([1, 3]);
    const api = await season.service.signInAgain('preparer');
    expect((await api.get(`/api/intakes/${id}?fields=taxpayer.firstName`)).status).toBe(410);
    const run = await season.run();
    expect(JSON.parse((await season.certificate(run)).body)).toMatchObject({ policyVersion: 3, policyEffectiveDay: '2027-04-20' });
    expect(await season.flawOf(run)).toBeUndefined();
  });

  it('has no certificate name another policy than the run began with', async () => {
    const { app, clock, databases } = season.service;
    const records = app.get(RecordsDatabase);
    const journal = new RunJournal(records, app.get(AccessLog), clock, async (step) => {
      if (step === 'certificate') await databases.recordsOwner('UPDATE retention_policy SET withdrawn_at = now() WHERE version = 3');
    });
    const purge = new RunPurge(app.get(KeyStore), app.get(DestructionDay), app.get(RunInputs), journal, app.get(DestructionCertificates), app.get(Sweep));
    const outcome = await purge.execute('command');
    await databases.recordsOwner('UPDATE retention_policy SET withdrawn_at = NULL WHERE version = 3');
    expect(outcome.state).toBe('finished');
    expect(await season.flawOf(outcome.id)).toBeUndefined();
  });
});
