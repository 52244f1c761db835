import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson } from './canonical-json.js';
import { createFile, replaceFile } from '../platform/durable-file.js';
import type { Context } from './entry.js';
import { sha256Hex, wholeNumber } from './entry-values.js';
import { checkRotation } from './key-rotation.js';
import { LogFault } from './log-fault.js';
import { frontierBytes, frontierFrom, type Frontier } from './merkle.js';
import type { Recorded } from './recorded.js';

const FILE = 'log-signed-last.json';

/** What was signed last. With its frontier the next tree is computed from what was signed and not from what the database says. */
export interface SignerState {
  readonly origin: string;
  readonly signed: Frontier;
  /** The checkpoint itself; empty while nothing has been signed under this origin. */
  readonly note: string;
  /** What a log that started anew follows, until something is signed under its name: should the database never hear of that name, it is what the next one follows. */
  readonly follows?: FollowedLog;
  /**
   * Every change of keys that was handed over, the oldest first, as `handedOverContext` says it: the records may be restored to a day
   * before one. The signatures of both keys are in it, and the private half of the key before is gone. Absent before the first.
   */
  readonly changes?: readonly Context[];
  /** What the database must have, up to the checkpoint. Absent in a file of before, until something is signed. */
  readonly recorded?: Recorded;
}

/** A log under an earlier name, and how far it was signed. */
export interface FollowedLog {
  readonly origin: string;
  readonly size: number;
}

/**
 * The signer's memory: a file beside the secrets, outside the database, so that a database that was rolled back meets
 * somebody who remembers. Whoever can write here and holds the key can fork the log, which only outsiders' copies show.
 */
export class SignerStateFile {
  private readonly path: string;

  constructor(secretsDirectory: string) {
    this.path = join(secretsDirectory, FILE);
  }

  /** @throws LogFault LOG_STATE_MISSING when the file is there and is not a state */
  read(): SignerState | undefined {
    if (!existsSync(this.path)) return undefined;
    try {
      const { origin, size, frontier, note, follows, changes, recorded } = JSON.parse(readFileSync(this.path, 'utf8')) as Record<string, unknown>;
      if (
        typeof origin === 'string' && typeof size === 'number' && typeof frontier === 'string' && typeof note === 'string' &&
        (follows === undefined || isFollowed(follows)) && (changes === undefined || areChanges(changes)) && (recorded === undefined || isRecorded(recorded))
      ) {
        return {
          ...{ origin, signed: frontierFrom(size, Buffer.from(frontier, 'base64')), note },
          ...(follows === undefined ? {} : { follows }),
          ...(changes === undefined ? {} : { changes }),
          ...(recorded === undefined ? {} : { recorded: { ...recorded, at: new Date(recorded.at) } }),
        };
      }
    } catch {
      // Not JSON, or a frontier that does not fit: as malformed as the rest.
    }
    throw new LogFault('LOG_STATE_MISSING', `${FILE} cannot be read as what was signed last`);
  }

  /** The first state of the first origin. @returns what is there, which may be another process's */
  create(state: SignerState): SignerState {
    createFile(this.path, stateText(state));
    return this.read()!;
  }

  /** On return it is on the disk. */
  write(state: SignerState): void {
    replaceFile(this.path, stateText(state));
  }
}

function isFollowed(value: unknown): value is FollowedLog {
  const { origin, size } = (value ?? {}) as Partial<Record<keyof FollowedLog, unknown>>;
  return typeof origin === 'string' && Number.isSafeInteger(size);
}

function areChanges(value: unknown): value is readonly Context[] {
  return Array.isArray(value) && value.every((change) => typeof change === 'object' && change !== null && checkRotation(change as Context)?.handedOverAt !== undefined);
}

function isRecorded(value: unknown): value is Omit<Recorded, 'at'> & { readonly at: string } {
  const { checkpoints, digest, at } = (value ?? {}) as Partial<Record<keyof Recorded, unknown>>;
  return wholeNumber(checkpoints) && sha256Hex(digest) && typeof at === 'string' && !Number.isNaN(Date.parse(at));
}

function stateText({ origin, signed, note, follows, changes, recorded }: SignerState): string {
  const state = {
    ...{ origin, size: signed.size, frontier: frontierBytes(signed).toString('base64'), note },
    ...(follows ? { follows } : {}),
    ...(changes ? { changes } : {}),
    ...(recorded ? { recorded: { ...recorded, at: recorded.at.toISOString() } } : {}),
  };
  return `${canonicalJson(state)}\n`;
}
