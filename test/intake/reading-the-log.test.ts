import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openCheckpoint } from '../../src/audit/checkpoint.js';
import { parseVerifierKey } from '../../src/audit/verifier-key.js';
import { openCertificate } from '../../src/retention/certificate.js';
import { runPurge } from '../support/run-purge.js';
import { startTestService, type TestService } from '../support/test-service.js';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

interface Event {
  readonly kind: string;
  readonly actor: { member?: string };
  readonly subject: { intakes?: string[] };
  readonly state: string;
}

describe('the log, as an auditor reads it', () => {
  it('shows who did what, in the tree and signed, and that it was read', async () => {
    const preparer = service.api('preparer');
    const { body } = await preparer.post('/api/intakes', { taxYear: 2026, answers: { taxpayer: { firstName: 'Noor' } } });
    await preparer.get(`/api/intakes/${body.id}`);
    const auditor = service.api('auditor');
    const events = async (query = ''): Promise<Event[]> => (await auditor.get(`/api/audit/events${query}`)).body.events;
    for (let tries = 0; tries < 100 && !(await events()).some(({ state }) => state === 'published'); tries++) await sleep(50);
    const all = await events();
    expect(all.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['log.read', 'answers.read', 'intake.created', 'signed-in', 'member.admitted']));
    expect((await events(`?intake=${body.id}`)).map(({ kind }) => kind)).toEqual(['answers.read', 'intake.created']);
    expect(new Set((await events('?kind=signed-in')).map(({ kind }) => kind))).toEqual(new Set(['signed-in']));
    expect(JSON.stringify(all)).not.toContain('Noor');
    expect((await auditor.get('/api/audit/events?kind=gossip')).status).toBe(422);
  });

  it('is for auditors', async () => {
    for (const role of ['preparer', 'administrator'] as const) {
      expect((await service.api(role).get('/api/audit/events')).status).toBe(403);
      expect((await service.api(role).get('/api/audit/checkpoint')).status).toBe(403);
    }
    expect((await service.api().get('/api/audit/events')).status).toBe(401);
  });

  it('gives anybody the key that its checkpoints and certificates verify with', async () => {
    const vkey = await service.api().get('/api/audit/vkey');
    const key = parseVerifierKey(vkey.text.trim())!;
    const checkpoint = await service.api('auditor').get('/api/audit/checkpoint');
    expect([checkpoint.status, checkpoint.headers['content-type']]).toEqual([200, 'text/plain; charset=utf-8']);
    expect(openCheckpoint(checkpoint.text, key)?.size).toBeGreaterThan(0);
    const run = await runPurge(service.api('administrator'));
    const certificate = await service.api('administrator').get(`/api/retention/certificates/${run.id}`);
    expect(openCertificate(certificate.body.note, key)).toMatchObject({ run: run.id, buckets: [] });
    expect(openCertificate(certificate.body.note.replace('"moved":0', '"moved":1'), key)).toBeUndefined();
  });
});
