import type { Difference } from './compare-run.js';
import type { Finding } from './verify-with-log.js';

const SAYS: Readonly<Record<Exclude<Finding, Difference>['what'], string>> = {
  'not-in-log': 'No purge run ends at the place in the log that the certificate names.',
  run: 'The run that ends at this place in the log is another one.',
  intention: 'The log has the intention of this run at another place.',
  days: 'The log has other days for this run.',
  'day-not-begun': 'The run took a day as today that had not begun anywhere.',
  policy: 'By the log, another policy was in force.',
  master: 'The log has another number for the master key.',
  sums: 'The shares of a bucket do not add up: those due by their days and those that the log has never heard of are not all of them.',
  buckets: 'The log does not have the same buckets with the same counts.',
  moved: 'The log has another number of shares that were carried over.',
  corrected: 'The log has another number of intakes that were put right.',
  holds: 'By the log, another number of legal holds stood.',
  'held-shares': 'By the log, legal holds kept another number of shares.',
};

/** One clear sentence. Sites are ids, as the log has them. */
export function sayFinding(finding: Finding): string {
  return 'day' in finding ? sayDifference(finding) : SAYS[finding.what];
}

function sayDifference({ what, shares, site, class: name, day }: Difference): string {
  const those = `${shares === 1 ? '1 share' : `${shares} shares`} of ${name} at site ${site}, due on ${day}`;
  switch (what) {
    case 'too-early':
      return `Destroyed too early: ${those}.`;
    case 'held':
      return `Destroyed under a legal hold: ${those}.`;
    case 'more':
      return `Destroyed, and by the log there was no such thing to destroy: ${those}.`;
    case 'not-destroyed':
      return `Due and not destroyed: ${those}.`;
  }
}
