import type { Finding } from './finding.js';

/** A finding in plain words, one line. */
export function sayFinding(finding: Finding): string {
  return `${where(finding)}${WORDS[finding.kind](finding)}`;
}

const WORDS: Readonly<Record<Finding['kind'], (finding: Finding) => string>> = {
  'part-changed': ({ part }) => `its ${part} was changed.`,
  'salt-changed': ({ part }) => `the salt of its ${part} was changed.`,
  'part-or-salt-changed': ({ part }) => `its ${part}, or the salt of it, was changed.`,
  'leaf-changed': () => 'its leaf was changed.',
  'hash-changed': () => 'its hash in the index was changed.',
  'leaf-or-hash-changed': () => 'its leaf, or its hash in the index, was changed. No signed root tells which.',
  'leaf-malformed': () => 'its leaf is not one that this log writes.',
  'columns-changed': () => 'its kind, time, epoch or counter is not what its leaf says.',
  'filed-elsewhere': () => 'it is filed, or its parts are, under another site or intake than it is about.',
  removed: () => 'it was removed.',
  reordered: ({ other }) => `it was moved: what stands here belongs to entry ${other}.`,
  duplicated: ({ other }) => `it stands in the log twice${other === undefined ? '' : `, here and as entry ${other}`}.`,
  added: () => 'it was added: the tree does not count it.',
  changed: ({ from, to, name }) =>
    from === undefined ? 'it was changed, in its leaf and in the index alike.' : `Between entries ${from} and ${to! - 1} something was changed, in leaves and index alike: ${name} says another root for the first ${to}.`,
  'counter-missing': ({ epoch, counters, from, to, severity }) =>
    `Of writer ${epoch} ${counters![0] === counters![1] ? `the entry with counter ${counters![0]} is` : `the entries with counters ${counters![0]} to ${counters![1]} are`} missing, ${from === undefined ? `before entry ${to}` : `between entries ${from} and ${to}`}: ${
      severity === 'unclear' ? 'removed before they had a place in the tree, or under way when their process ended. Nothing tells which.' : 'removed before they had a place in the tree.'
    }`,
  'counters-untold': () => 'There are more writers or gaps than are counted: not every missing counter is named.',
  renumbered: () => 'its id was changed: a write of the same intake that stands before it has a higher one.',
  'never-sequenced': () => 'it is in no place of the tree and does not wait for one.',
  'pending-without-entry': () => 'it waits for its place in the tree and is not there.',
  'pending-again': ({ index }) => (index === undefined ? 'it waits for its place in the tree twice.' : 'it waits for a place in the tree and has one.'),
  'parts-without-entry': () => 'its parts are there and it is not.',
  'filter-changed': () => 'lists and filters do not find it by what it says: what they go by was changed.',
  'filter-without-entry': () => 'lists and filters find it, and it has no place in the tree.',
  'parts-gone': () => 'its parts are gone, and no pruning that the log tells of took them. It is the first such entry of its day.',
  'pruned-differs': ({ from, to }) => `Among entries ${from} to ${to! - 1} something was changed that nothing but pruning tells of: which of them have no parts, or of which site or intake one without parts is.`,
  'parts-line-wrong': ({ other }) => `its disclosed parts are ${other === undefined ? 'not as an export writes them' : `those of entry ${other}`}.`,
  truncated: ({ size }) => `the log ends here, and ${size} entries are counted: it was cut off.`,
  'rolled-back': ({ size, name }) => `the log ends here, and ${nameOf(name)} is of ${size} entries: it was rolled back.`,
  forked: ({ size, name }) => `The log does not go on from ${nameOf(name)}, which was signed over ${size} entries: it was forked.`,
  'head-differs': ({ size }) => (size === undefined ? 'The log has no head.' : `The head, of ${size} entries, is not that of the tree.`),
  'wrong-key': ({ name }) => `Not signed with the log’s key: ${nameOf(name)}.`,
  'key-missing': ({ name }) => `The key that ${nameOf(name)} began with is not in the list of the log’s keys, or another one stands in its place.`,
  'bad-signature': ({ name, witness }) =>
    witness === undefined ? `The signature is wrong: ${nameOf(name)} was changed after it was signed.` : `The cosignature of ${JSON.stringify(witness)} is wrong: it is not one of ${nameOf(name)}, or was changed since.`,
  'checkpoint-malformed': ({ name }) => `This is no checkpoint: ${nameOf(name)}.`,
  'checkpoint-misplaced': ({ name }) => `The checkpoint ${name} is stored as that of another size or log.`,
  'checkpoint-missing': ({ name }) => `The checkpoint ${name} was signed last and is not there.`,
  'checkpoints-missing': ({ count }) => (count === 1 ? 'A checkpoint that was signed is not there.' : `${count} checkpoints that were signed are not there.`),
  'recorded-differs': () => 'Names, keys or checkpoints of the log, or their times, are not as the signer recorded them.',
  'tile-differs': ({ name }) => (name === undefined ? 'its hash in the tile was changed.' : `The tile ${name} is not what its entries give.`),
  'tile-missing': ({ name }) => `The tile ${name} is missing.`,
  'state-differs': ({ fault, name }) => {
    if (fault !== undefined) return 'The signer’s memory cannot be read.';
    return name === undefined ? 'The signer’s memory contradicts itself.' : `The signer’s memory knows nothing of ${nameOf(name)}: it is gone, or another one stands in its place.`;
  },
  'file-missing': ({ name }) => `The file ${name} is missing.`,
  'file-differs': ({ name }) => `The file ${name} holds something else, or more, than an export of this log has there.`,
  'file-added': ({ name }) => `No export of this log has this: ${JSON.stringify(name)}. It was added.`,
};

function where({ index, entryId, kind }: Finding): string {
  if (index === undefined) return entryId === undefined ? '' : `Entry with id ${entryId}: `;
  return kind === 'truncated' || kind === 'rolled-back' ? `After entry ${index - 1}: ` : `Entry ${index}${entryId === undefined ? '' : ` (id ${entryId})`}: `;
}

function nameOf(name: string | undefined): string {
  if (name === 'signer') return 'what the signer remembers';
  return name?.startsWith('thinfile/') ? `the checkpoint ${name}` : String(name);
}
