import type { INestApplicationContext } from '@nestjs/common';
import { Sequencer } from '../audit/sequencer.js';
import { Signer } from '../audit/signer.js';
import { OperatorWarnings } from '../retention/warnings/operator-warnings.js';
import { WARNING_WORDS } from '../web/words/warning-words.js';

/** Says what operators have to see to, a line each, for a scheduler. Fails the command when something is serious. */
export async function check(app: INestApplicationContext): Promise<void> {
  await passOnce(app);
  const { warnings, unseen } = await app.get(OperatorWarnings).read();
  const lines = warnings.map(({ severity, kind, ...facts }) => `${severity} ${kind}${factsOf(facts)}: ${WARNING_WORDS[kind].what.en} ${WARNING_WORDS[kind].act.en}`);
  const notSeen = unseen.map((what) => `not seen from here: ${what}`);
  process.stdout.write(`${[...(lines.length > 0 ? lines : ['All is well.']), ...notSeen].join('\n')}\n`);
  const serious = warnings.filter(({ severity }) => severity === 'serious').length;
  if (serious > 0) throw new Error(`${serious} of this is serious.`);
}

/** As this process's own loops are about to, so that the signer knows of a fault, and nothing is called late that waited for a process alone. */
async function passOnce(app: INestApplicationContext): Promise<void> {
  try {
    await app.get(Sequencer).drain();
    await app.get(Signer).sign();
  } catch {
    // The warnings tell of it: by the fault, by what waits, or by the database that is away.
  }
}

function factsOf(facts: object): string {
  const named = Object.entries(facts).map(([name, value]) => `${name}=${String(value)}`);
  return named.length > 0 ? ` (${named.join(', ')})` : '';
}
