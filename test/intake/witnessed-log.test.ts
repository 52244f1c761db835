import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openCheckpoint } from '../../src/audit/checkpoint.js';
import { parseVerifierKey } from '../../src/audit/verifier-key.js';
import { findCosignature } from '../../src/audit/witness/cosignature.js';
import { OperatorWarnings } from '../../src/retention/warnings/operator-warnings.js';
import { TrueWitness } from '../audit/witness/true-witness.js';
import { TestClock } from '../support/test-clock.js';
import { startTestService, type TestService } from '../support/test-service.js';

/** The whole service, with its own loops, and two witnesses: one that knows the log after a while, and one that is down. */
describe('a service with witnesses', () => {
  let service: TestService;
  let witness: TrueWitness;
  let away: TrueWitness;
  let clock: TestClock;
  beforeAll(async () => {
    clock = new TestClock(new Date('2027-02-01T17:00:00Z'));
    [witness, away] = [await TrueWitness.start(clock, 'witness.example/w1'), await TrueWitness.start(clock, 'witness.example/w2')];
    await away.goDown();
    service = await startTestService({ witnesses: [witness.settings, away.settings] });
  });
  afterAll(async () => {
    await service.stop();
    await witness.goDown();
  });

  const witnessKinds = async () => (await service.app.get(OperatorWarnings).read()).warnings.filter((one) => 'witness' in one);
  const jump = (hours: number) => {
    for (const one of [clock, service.clock]) one.setTo(new Date(one.now().getTime() + hours * 3_600_000));
  };

  it('gives auditors the checkpoint that was cosigned, who cosigned it, and who did not', async () => {
    const auditor = service.api('auditor');
    witness.trust((await service.api().get('/api/audit/vkey')).text.trim());
    expect((await auditor.get('/api/audit/checkpoint?cosigned=1')).body).toMatchObject({ code: 'NOT_READY' });
    expect((await auditor.get('/api/audit/checkpoint?cosigned=perhaps')).status).toBe(422);
    jump(1);
    const { text } = await until(async () => {
      const answer = await auditor.get('/api/audit/checkpoint?cosigned=1');
      return answer.status === 200 ? answer : undefined;
    });
    const key = parseVerifierKey((await service.api().get('/api/audit/vkey')).text.trim())!;
    const { size } = openCheckpoint(text, key)!;
    const [lines] = text.split('\n\n')[1]!.match(/^\u2014 witness\.example.*\n/m)!;
    expect(findCosignature(lines, text, witness.key, clock.now())).toMatchObject({ line: lines });
    expect(openCheckpoint((await auditor.get('/api/audit/checkpoint')).text, key)!.size).toBeGreaterThanOrEqual(size);

    const { body } = await auditor.get('/api/audit/witnesses');
    expect(body).toMatchObject({
      newest: { origin: key.name },
      witnesses: [
        { name: 'witness.example/w1', url: witness.settings.url, cosigned: { size } },
        { name: 'witness.example/w2', failure: { code: 'UNREACHABLE' } },
      ],
    });
    expect(body.witnesses[1].cosigned).toBeUndefined();
    expect((await service.api('preparer').get('/api/audit/witnesses')).status).toBe(403);
  });

  it('warns operators of a witness that has not answered for a day, and at once of one that contradicts the log', async () => {
    expect(await witnessKinds()).toEqual([]);
    jump(24);
    const [silent] = await until(async () => {
      const found = await witnessKinds();
      return found.length === 1 ? found : undefined;
    });
    expect(silent).toEqual({ kind: 'witness-silent', severity: 'warning', witness: 'witness.example/w2', failure: 'UNREACHABLE' });
    for (const [origin, last] of witness.known) witness.known.set(origin, { ...last, root: Buffer.alloc(32, 1) });
    jump(7);
    const contradiction = await until(async () => (await witnessKinds()).find(({ kind }) => kind === 'witness-contradicts'));
    expect(contradiction).toEqual({ kind: 'witness-contradicts', severity: 'serious', witness: 'witness.example/w1', failure: 'FORKED' });
    const page = await (await service.signInAgain('administrator')).get('/runs');
    expect(page.text).toContain('witness.example/w1: FORKED.');
    expect(service.said.map((line) => JSON.parse(line)).filter(({ event }) => event === 'witness.failed')).toEqual(
      expect.arrayContaining([expect.objectContaining({ witness: 'witness.example/w1', failure: 'FORKED' })]),
    );
  });

  async function until<T>(found: () => Promise<T | undefined>): Promise<T> {
    for (let tries = 0; tries < 200; tries++) {
      const value = await found();
      if (value !== undefined) return value;
      await pause(100);
    }
    throw new Error('waited too long');
  }
});
