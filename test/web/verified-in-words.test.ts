import { expect, it } from '@jest/globals';
import { verifiedInWords } from '../../src/web/words/verification-result-words.js';

it.each([
  ['log', { lookedAt: 1204, found: 0, unclear: 0 }, '1,204 entries were looked at, and all of it is as it was written.'],
  ['log', { lookedAt: 1, found: 0, unclear: 0 }, 'one entry was looked at, and all of it is as it was written.'],
  ['sections', { lookedAt: 1, found: 1, unclear: 0 }, 'one sealed section was looked at, and not all of it is as it was written: 1 found.'],
  ['log', { lookedAt: 7, found: 2, unclear: 2 }, '7 entries were looked at. Entries may be missing, or were under way when a process ended: 2.'],
] as const)('what was verified is said in a sentence: %s, %j', (subject, counts, sentence) => {
  expect(verifiedInWords(subject, counts).en).toBe(sentence);
});
