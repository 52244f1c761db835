import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { equalBytes, utf8, wipe } from '../crypto/bytes.js';
import { plainHash } from '../crypto/keyed-hash.js';
import { randomBytes } from '../crypto/random.js';

const NAME = 'master.key';
const SLOT_BYTES = 64;
const MAGIC = 'TFM1';
const CHECK_BYTES = 16;

export interface NumberedMaster {
  readonly number: number;
  readonly key: Uint8Array;
}

/**
 * The master keys that seal the key store, in a file outside both databases, the same in every configured directory.
 * Two slots, so that the next master stands beside the old one until the old one is overwritten in place: number n lives
 * in slot n mod 2. Layout of a slot in docs/formats.md, "Master file".
 *
 * Its thief alone has nothing; with the key store of the same day, everything that only life keys protect.
 */
export class MasterFile {
  private readonly paths: readonly string[];

  constructor(directories: readonly string[]) {
    this.paths = directories.map((directory) => join(directory, NAME));
  }

  exists(): boolean {
    return this.paths.some((path) => existsSync(path));
  }

  /** Makes the file with its first master, in every location. A crash leaves each location with no file or a whole one. */
  create(master: NumberedMaster): void {
    for (const path of this.paths) {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      const content = new Uint8Array(2 * SLOT_BYTES);
      content.set(slotBytes(master), slotOffset(master.number));
      const fresh = `${path}.new`;
      writeFileSync(fresh, content, { mode: 0o600, flush: true });
      wipe(content);
      renameSync(fresh, path);
      syncDirectory(dirname(path));
    }
  }

  /**
   * Every master of every location that can be read, each once: a location that is away, torn or behind takes nothing from
   * what another still has. The caller wipes the keys.
   * @throws when no location can be read
   */
  read(): readonly NumberedMaster[] {
    const found: NumberedMaster[] = [];
    const problems: unknown[] = [];
    for (const path of this.paths) {
      try {
        for (const master of readMasters(path)) {
          if (found.some((other) => isSame(other, master))) wipe(master.key);
          else found.push(master);
        }
      } catch (error) {
        problems.push(error);
      }
    }
    if (problems.length === this.paths.length) throw problems[0];
    return found;
  }

  /** Locations, counted from 1, that a rotation could not write to, or that hold no master. Touches nothing. */
  unreachable(): readonly number[] {
    return this.paths.flatMap((path, at) => (isUsable(path) ? [] : [at + 1]));
  }

  /** Writes a master into its slot, durably, in every location. @throws before any is touched when one cannot be opened */
  write(master: NumberedMaster): void {
    const slot = slotBytes(master);
    this.overwrite(slotOffset(master.number), slot);
    wipe(slot);
  }

  /**
   * Overwrites every other master in place and durably, in every location: noise, then zeros; then looks again. Where the
   * disk keeps old blocks of its own accord (flash translation, copy-on-write), in place means what that disk makes of it;
   * the threat model says so. The caller holds the key store's lock alone.
   * @throws when a location cannot be opened, or does not hold the master that is to stay: then nothing anywhere is touched
   */
  keepOnly(master: NumberedMaster): void {
    const other = slotOffset(master.number + 1);
    for (const path of this.paths) {
      if (!holds(path, master)) throw new Error('a master file does not hold the master in force');
    }
    this.overwrite(other, randomBytes(SLOT_BYTES));
    this.overwrite(other, new Uint8Array(SLOT_BYTES));
    for (const path of this.paths) {
      if (!holds(path, master, 'alone')) throw new Error('a master file still holds a master that was overwritten');
    }
  }

  private overwrite(offset: number, bytes: Uint8Array): void {
    const files: number[] = [];
    try {
      for (const path of this.paths) files.push(openSync(path, 'r+'));
      for (const file of files) {
        if (writeSync(file, bytes, 0, bytes.length, offset) !== bytes.length) throw new Error('a master file was not written whole');
        fsyncSync(file);
      }
    } finally {
      files.forEach(closeSync);
    }
  }
}

function isSame(one: NumberedMaster, other: NumberedMaster): boolean {
  return one.number === other.number && equalBytes(one.key, other.key);
}

function isUsable(path: string): boolean {
  try {
    closeSync(openSync(path, 'r+'));
    const found = readMasters(path);
    wipe(...found.map(({ key }) => key));
    return found.length > 0;
  } catch {
    return false;
  }
}

function holds(path: string, master: NumberedMaster, how: 'at least' | 'alone' = 'at least'): boolean {
  const found = readMasters(path);
  const held = found.some((one) => isSame(one, master)) && (how === 'at least' || found.length === 1);
  wipe(...found.map(({ key }) => key));
  return held;
}

function readMasters(path: string): readonly NumberedMaster[] {
  const content = readFileSync(path);
  try {
    return [0, SLOT_BYTES].flatMap((at) => parseSlot(content.subarray(at, at + SLOT_BYTES)) ?? []);
  } finally {
    content.fill(0);
  }
}

function slotOffset(number: number): number {
  return (number % 2) * SLOT_BYTES;
}

function slotBytes({ number, key }: NumberedMaster): Uint8Array {
  const slot = new Uint8Array(SLOT_BYTES);
  slot.set(utf8(MAGIC), 0);
  new DataView(slot.buffer).setUint32(4, number);
  slot.set(key, 8);
  slot.set(check(number, key), 40);
  return slot;
}

/** A slot that is empty, torn or foreign is no master. */
function parseSlot(slot: Uint8Array): NumberedMaster | undefined {
  if (slot.length !== SLOT_BYTES || !equalBytes(slot.subarray(0, 4), utf8(MAGIC))) return undefined;
  const number = new DataView(slot.buffer, slot.byteOffset).getUint32(4);
  const key = new Uint8Array(slot.slice(8, 40));
  return equalBytes(slot.subarray(40, 40 + CHECK_BYTES), check(number, key)) ? { number, key } : undefined;
}

function check(number: number, key: Uint8Array): Uint8Array {
  return plainHash('master-slot', number, key).subarray(0, CHECK_BYTES);
}

function syncDirectory(path: string): void {
  const directory = openSync(path, 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}
