import type { INestApplicationContext } from '@nestjs/common';
import { OperatorWarnings } from '../retention/warnings/operator-warnings.js';
import { WARNING_WORDS } from '../web/words/warning-words.js';

/** Says what operators have to see to, a line each, for a scheduler. Fails the command when something is serious. */
export async function check(app: INestApplicationContext): Promise<void> {
  const { warnings, unseen } = await app.get(OperatorWarnings).read();
  const lines = warnings.map(({ severity, kind, ...facts }) => `${severity} ${kind}${factsOf(facts)}: ${WARNING_WORDS[kind].what.en} ${WARNING_WORDS[kind].act.en}`);
  const notSeen = unseen.map((what) => `not seen from here: ${what}`);
  process.stdout.write(`${[...(lines.length > 0 ? lines : ['All is well.']), ...notSeen].join('\n')}\n`);
  const serious = warnings.filter(({ severity }) => severity === 'serious').length;
  if (serious > 0) throw new Error(`${serious} of this is serious.`);
}

function factsOf(facts: object): string {
  const named = Object.entries(facts).map(([name, value]) => `${name}=${String(value)}`);
  return named.length > 0 ? ` (${named.join(', ')})` : '';
}
