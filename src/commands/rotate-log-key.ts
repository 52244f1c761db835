import { setTimeout as pause } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { logKeys, type LogKey } from '../audit/log-keys.js';
import { Signer } from '../audit/signer.js';
import { fingerprint, parseVerifierKey } from '../audit/verifier-key.js';
import { RecordsDatabase } from '../platform/records-database.js';

const POLL_MS = 200;
const LONGEST_POLLS = 300;

/** Changes the log's signing key now, beside a running service or without one, and waits until the old key is destroyed. */
export async function rotateLogKey(app: INestApplicationContext, say: (line: string) => void): Promise<void> {
  const { from, to } = await app.get(Signer).beginRotation();
  const { from: size } = await handedOver(app, to);
  say(`From place ${size} on the log is signed with a new key. The old one is destroyed.`);
  say(`Old key: ${from}`);
  say(`New key: ${to}`);
  say(`Its fingerprint: ${fingerprint(parseVerifierKey(to)!)}`);
  say('Tell whoever keeps the old one, and the operators of your witnesses. Where the old key may be in other hands, tell them by');
  say('another way than through this service: its thief can sign a change of keys too.');
}

/** @throws Error after a minute */
async function handedOver(app: INestApplicationContext, vkey: string): Promise<LogKey> {
  for (let polls = 0; polls < LONGEST_POLLS; polls++) {
    const outcome = await app.get(Signer).sign(); // ends what any process has begun
    const [newest] = await app.get(RecordsDatabase).withoutSite((tx) => logKeys(tx));
    if (newest?.vkey === vkey && outcome !== 'busy') return newest;
    await pause(POLL_MS);
  }
  throw new Error('The new key is announced, and not in use yet: the access log does not keep up. The service goes on with it by itself.');
}
