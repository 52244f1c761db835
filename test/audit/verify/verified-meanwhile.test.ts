import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { logKeys } from '../../../src/audit/log-keys.js';
import { SignerStateFile } from '../../../src/audit/signer-state.js';
import { parseVerifierKey } from '../../../src/audit/verifier-key.js';
import type { VerifiedLog } from '../../../src/audit/verify/verified-log.js';
import { verifyStoredLog } from '../../../src/audit/verify/verify-stored-log.js';
import type { RecordsDatabase } from '../../../src/platform/records-database.js';
import { changeLogKey, growLog, logFixture, type LogFixture } from '../log-fixture.js';

describe('a verification during which the service is at work', () => {
  let fixture: LogFixture;
  beforeEach(async () => {
    fixture = await logFixture();
    await grow();
    await fixture.write(3);
    await changeKey();
  });
  afterEach(() => fixture.databases.close());

  const grow = () => growLog(fixture);
  const changeKey = () => changeLogKey(fixture);

  async function startAnew(): Promise<void> {
    await fixture.signer.restart();
    await grow();
  }

  /** @param turn the transaction before which it is done, from 1 on. @returns what was found, and how many transactions there were */
  async function verifyWhile(act: () => Promise<void>, turn: number): Promise<VerifiedLog & { readonly transactions: number }> {
    const { records } = fixture.databases;
    let transactions = 0;
    const interrupted = new Proxy(records, {
      get: (target, name: keyof RecordsDatabase) => {
        if (name !== 'acrossSites') return target[name];
        const acrossSites: RecordsDatabase['acrossSites'] = async (work) => {
          transactions++;
          if (transactions === turn) await act();
          return target.acrossSites(work);
        };
        return acrossSites;
      },
    });
    const [newest] = await records.acrossSites((tx) => logKeys(tx));
    const outside = { key: parseVerifierKey(newest!.vkey)!, signer: new SignerStateFile(fixture.secrets), kept: [], now: fixture.clock.now() };
    return { ...(await verifyStoredLog(interrupted, outside, () => undefined)), transactions };
  }

  it.each([
    ['writes and signs', () => grow()],
    ['changes its key', () => changeKey()],
    ['starts the log under another name', () => startAnew()],
  ])('finds nothing wrong while it %s, whenever that is', async (_what, act) => {
    let all = Infinity;
    for (let turn = 1; turn <= all; turn++) {
      const { findings, entries, signed, transactions } = await verifyWhile(act, turn);
      expect([turn, findings]).toEqual([turn, []]);
      expect(signed!.size).toBeLessThanOrEqual(entries);
      all = transactions;
    }
  });
});
