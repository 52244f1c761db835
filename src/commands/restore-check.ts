import type { INestApplicationContext } from '@nestjs/common';
import { CheckRestored, type RestoreReport } from '../retention/check-restored.js';
import { progressBar } from './progress-bar.js';

/**
 * Checks and sweeps restored records, and says what was found. Nobody reads before and after it alike: that takes two persons.
 * @throws DeadOpened when something opens that should be dead
 */
export async function restoreCheck(app: INestApplicationContext): Promise<void> {
  const bar = progressBar(process.stderr, 'intakes');
  const report = await app.get(CheckRestored).run(async (done, total) => bar.show(done, total)).finally(bar.end);
  process.stdout.write(`${(report ? linesOf(report) : ['The records go on from what the key store remembers. There is nothing to check.']).join('\n')}\n`);
}

function linesOf({ found, sections, intakes, sharesTried, living, lost, adopted, left, origin }: RestoreReport): readonly string[] {
  return [
    `Restored records, found at ${found.foundAt.toISOString()} (${found.difference}).`,
    ...missingEntries(found),
    `Dead: ${sections} sealed sections whose keys are destroyed; of ${intakes} intakes nothing is left. ${sections} of ${sections} cannot be opened: ${triedInWords(sharesTried)}. All of it is swept.`,
    `Alive: ${living} intakes.`,
    `Days of destruction: of ${adopted} intakes the key store knows others than the backup. They stay as they are there, and the log has an entry for each.`,
    `Lost: ${lost} intakes that were entered after the backup, and every change made after it. Enter them again; what is left of them dies on its day.`,
    'Sessions, unused invitations and open requests of the backup have ended. Members who joined after it are missing: invite them anew.',
    `Disabled again: ${left} members who had left after the backup.`,
    `The log goes on as ${origin}, and names the one before it.`,
    'Now two administrators release the records: each signs in and opens /restored.',
  ];
}

function triedInWords(tried: number): string {
  if (tried === 0) return 'the key store has none of their shares any more, so that there is nothing to try';
  return `the key store still had ${tried} of their shares, and none opened with any key that it has`;
}

function missingEntries({ foundSize, knownSize, knownAt }: RestoreReport['found']): readonly string[] {
  if (foundSize >= knownSize) return [`The access log has ${foundSize} entries, and not the ${knownSize} that were known at ${knownAt.toISOString()}.`];
  return [`Of the access log the entries ${foundSize} to ${knownSize - 1} are missing: what was done after the backup, until about ${knownAt.toISOString()}.`];
}
