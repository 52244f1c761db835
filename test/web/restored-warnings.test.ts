import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Signer } from '../../src/audit/signer.js';
import { VerifyLog } from '../../src/audit/verify/verify-log.js';
import { RestorableService } from '../support/restorable-service.js';

const [RESTORED, LATE, UNSIGNED, NOT_AS_WRITTEN] = [
  'The records were restored from a backup',
  'A night has passed without a finished destruction run',
  'The access log is no longer signed',
  'Something stored is not as it was written',
];
const EXPLAINED = 'This can come of the restore: see to the restored records first';
const ON_VERIFICATION = 'Records that were brought back from a backup are not released yet.';

let service: RestorableService;
beforeAll(async () => {
  service = new RestorableService('2027-02-01T17:00:00Z');
  await service.start();
  await service.app.get(Signer).sign();
  await service.run();
  await service.copyAs('old');
  service.clock.advanceDays(2);
  await service.run();
  await service.app.get(Signer).sign();
  await service.bringBack('old');
  await service.app.get(Signer).sign().catch(() => undefined);
  await verify();
});
afterAll(() => service.end());

function verify(): Promise<unknown> {
  const verification = service.app.get(VerifyLog);
  return verification.execute('nightly', { key: verification.ownKey(), checkpoints: [], witnesses: [] }, () => undefined);
}

/** Each warning of the page, as one text, in their order. */
async function warnings(): Promise<readonly string[]> {
  const { html } = await (await service.visitor('administrator')).open('/runs');
  return [...html.matchAll(/<p class="usa-alert__text">(.*?)<\/p>/gs)].map(([, text]) => text!.replace(/<[^>]*>/g, ''));
}

it('what a restore explains is told after it, and asks for nothing that the release does not', async () => {
  const [first, ...others] = await warnings();
  expect(first).toContain(RESTORED);
  for (const what of [LATE, UNSIGNED, NOT_AS_WRITTEN]) {
    const told = others.find((text) => text.includes(what));
    expect([what, told?.includes(EXPLAINED), told?.includes('keep everything as it is, and'), told?.includes('running at night')]).toEqual([what, true, false, false]);
  }
  expect(others.find((text) => text.includes('no copy of the key store'))).not.toContain(EXPLAINED);
  const auditor = await (await service.visitor('auditor')).open('/verification');
  expect([auditor.html.includes(ON_VERIFICATION), (await auditor.follow('Restored records')).path]).toEqual([true, '/restored']);
});

it('nothing of it is left once the records are released, a run has finished and the log was verified', async () => {
  await service.release();
  await service.app.get(Signer).sign();
  await service.run();
  await verify();
  expect((await warnings()).filter((text) => [RESTORED, LATE, UNSIGNED, NOT_AS_WRITTEN, EXPLAINED].some((one) => text.includes(one)))).toEqual([]);
  expect((await (await service.visitor('auditor')).open('/verification')).html).not.toContain(ON_VERIFICATION);
});
