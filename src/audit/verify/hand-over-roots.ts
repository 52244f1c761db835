import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { SpannedKey } from '../export/follow-keys.js';
import { handOverPath } from '../export/listed-keys.js';
import { fileOr } from './exported-files.js';
import { Findings, type Finding } from './finding.js';
import { listedSizes } from './keys-of-log.js';
import { openSigned } from './open-signed.js';
import type { NamedRoot } from './roots-met.js';

/** What the checkpoints of an export at which keys changed say of the tree, and which of them say nothing. */
export interface HandOverRoots {
  readonly roots: readonly NamedRoot[];
  readonly findings: readonly Finding[];
}

/**
 * The signatures alone say that keys changed; of which tree, the tree has to say: two keys can have signed another history. Also those of names before a
 * restore are held to it, since the log went on from what they were signed over. One that is not there is the matter of `ToldChanges`.
 */
export function handOverRoots(directory: string, keys: readonly SpannedKey[]): HandOverRoots {
  const roots: NamedRoot[] = [];
  const findings = new Findings();
  for (const size of new Set(listedSizes(directory))) {
    const name = handOverPath(size);
    const note = existsSync(join(directory, name)) ? fileOr(directory, name, findings)?.toString('utf8') : undefined;
    if (note === undefined) continue;
    const opened = openSigned(note, keys);
    if (typeof opened === 'string') findings.add({ kind: opened, name });
    else if (opened.size !== size) findings.add({ kind: 'checkpoint-misplaced', name });
    else roots.push({ ...opened, by: 'checkpoint', name });
  }
  return { roots, findings: findings.kept };
}
