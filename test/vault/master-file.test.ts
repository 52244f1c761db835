import { chmodSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { context } from '../../src/crypto/context.js';
import { plainHash } from '../../src/crypto/keyed-hash.js';
import { randomBytes } from '../../src/crypto/random.js';
import { MasterFile, type NumberedMaster } from '../../src/vault/master-file.js';

describe('master file', () => {
  let root: string;
  let paths: readonly [string, string];
  let file: MasterFile;
  let first: NumberedMaster;
  let second: NumberedMaster;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'thinfile-master-'));
    paths = [join(root, 'one', 'master.key'), join(root, 'two', 'master.key')];
    file = new MasterFile([join(root, 'one'), join(root, 'two')]);
    first = { number: 1, key: randomBytes(32) };
    second = { number: 2, key: randomBytes(32) };
    file.create(first);
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('is 128 bytes of the published format, the same in every location, readable by its owner alone', () => {
    const slot = Buffer.alloc(64);
    slot.write('TFM1');
    slot.writeUInt32BE(1, 4);
    slot.set(first.key, 8);
    slot.set(plainHash('master-slot', 1, first.key).subarray(0, 16), 40);
    expect(context('master-slot', 1, first.key).length).toBe(4 + 22 + 4 + 8 + 4 + 32);
    for (const path of paths) {
      expect(readFileSync(path)).toEqual(Buffer.concat([Buffer.alloc(64), slot]));
      expect(statSync(path).mode & 0o777).toBe(0o600);
      expect(statSync(join(path, '..')).mode & 0o777).toBe(0o700);
    }
  });

  it('does not say that it is there before it is', () => {
    expect(file.exists()).toBe(true);
    expect(new MasterFile([join(root, 'three')]).exists()).toBe(false);
    expect(() => new MasterFile([join(root, 'three')]).read()).toThrow('ENOENT');
  });

  it('keeps two masters side by side, and takes no third', () => {
    file.write(second);
    expect(numbers(file)).toEqual([2, 1]);
    file.write({ number: 3, key: randomBytes(32) });
    expect(numbers(file)).toEqual([2, 3]);
  });

  it('keeps one master alone: of the other no byte is left, in any location', () => {
    file.write(second);
    file.keepOnly(second);
    expect(numbers(file)).toEqual([2]);
    for (const path of paths) {
      const content = readFileSync(path);
      expect(content.subarray(64)).toEqual(Buffer.alloc(64));
      expect(content.includes(Buffer.from(first.key))).toBe(false);
      expect(statSync(path).mode & 0o777).toBe(0o600);
    }
  });

  it('overwrites in place: the file stays the file it was', () => {
    const before = paths.map((path) => statSync(path).ino);
    file.write(second);
    file.keepOnly(second);
    expect(paths.map((path) => statSync(path).ino)).toEqual(before);
  });

  it('touches nothing anywhere while one location cannot be reached, whichever it is', () => {
    file.write(second);
    for (const away of paths) {
      const content = paths.map((path) => readFileSync(path));
      renameSync(away, `${away}.away`);
      expect(() => file.keepOnly(second)).toThrow('ENOENT');
      expect(() => file.write({ number: 3, key: randomBytes(32) })).toThrow('ENOENT');
      renameSync(`${away}.away`, away);
      expect(paths.map((path) => readFileSync(path))).toEqual(content);
    }
  });

  it('touches nothing when a location does not hold the master that is to stay, or holds another key under its number', () => {
    file.write(second);
    const content = readFileSync(paths[0]);
    for (const stranger of [first, { number: 2, key: randomBytes(32) }]) {
      rmSync(join(root, 'two'), { recursive: true });
      new MasterFile([join(root, 'two')]).create(stranger);
      expect(() => file.keepOnly(second)).toThrow('does not hold the master in force');
      expect(readFileSync(paths[0])).toEqual(content);
    }
    expect(() => file.keepOnly({ number: 3, key: randomBytes(32) })).toThrow();
  });

  it('reads on from the other location while one is away, torn or behind', () => {
    file.write(second);
    file.keepOnly(second);
    const whole = readFileSync(paths[0]);
    const stale = Buffer.alloc(128);
    for (const damaged of [undefined, Buffer.alloc(0), whole.subarray(0, 70).fill(7, 10, 30), stale]) {
      if (damaged) writeFileSync(paths[0], damaged);
      else rmSync(paths[0]);
      expect(file.read()).toEqual([second]);
    }
  });

  it('takes a torn slot for an empty one, and leaves the other be', () => {
    file.write(second);
    const whole = readFileSync(paths[0]);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 56 * 8 - 1 }), (bit) => {
        const torn = Buffer.from(whole);
        torn[bit >> 3]! ^= 1 << (bit & 7);
        for (const path of paths) writeFileSync(path, torn);
        expect(file.read()).toEqual([first]);
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 55 }), (written) => {
        const halfWritten = Buffer.concat([randomBytes(written), whole.subarray(written)]);
        for (const path of paths) writeFileSync(path, halfWritten);
        if (!halfWritten.equals(whole)) expect(numbers(file).filter((number) => number !== 2)).toEqual([1]);
      }),
    );
  });

  it('makes what a crash between two locations left out, and replaces a file that was left beside it', () => {
    rmSync(paths[1]);
    writeFileSync(`${paths[1]}.new`, 'cut short');
    file.create(first);
    expect(readFileSync(paths[1])).toEqual(readFileSync(paths[0]));
  });

  it('throws where it may not write', () => {
    if (process.getuid?.() === 0) mkdirSync(`${paths[1]}.new`); // rights do not stop root
    else chmodSync(join(root, 'two'), 0o500);
    expect(() => file.create(second)).toThrow();
    if (process.getuid?.() !== 0) chmodSync(join(root, 'two'), 0o700);
  });
});

function numbers(file: MasterFile): readonly number[] {
  return file.read().map(({ number }) => number);
}
