import { randomFillSync } from 'node:crypto';
import { catalogue } from '../../src/catalogue/catalogue.js';
import { RETENTION_CLASSES, type RetentionClass } from '../../src/catalogue/retention-class.js';
import { loadRaw, type RawLibsodium } from '../../src/crypto/raw-libsodium.js';

/** What `bareCalls` is injected by. */
export const BARE_CALLS = Symbol('bare calls');

const TAG_BYTES = 16;

type Cipher = RawLibsodium & { _crypto_scalarmult(out: number, secret: number, theirs: number): number };

/** The calls of the module alone that sealing by field cannot do without, over bytes that lie ready in its memory. */
export interface BareCalls {
  /** An intake's cells of these classes, at their true widths. */
  open(classes: readonly RetentionClass[]): void;
  seal(classes: readonly RetentionClass[]): void;
  /** What opens a grant to one member, without its box. */
  agree(): void;
}

export async function bareCalls(): Promise<BareCalls> {
  const raw = (await loadRaw()) as Cipher;
  const widths = (classes: readonly RetentionClass[]): readonly number[] => classes.flatMap((name) => catalogue.cells(name).map(({ width }) => width));
  const cells = new Map(RETENTION_CLASSES.map((name) => [name, readyCells(raw, widths([name]))]));
  const [out, secret, theirs] = [raw._malloc(32), raw._malloc(32), raw._malloc(32)];
  raw.HEAPU8.set(randomFillSync(new Uint8Array(32)), secret);
  raw.HEAPU8.set([9], theirs);
  const all = (classes: readonly RetentionClass[], what: 'open' | 'seal'): void => {
    for (const name of classes) cells.get(name)![what]();
  };
  return {
    open: (classes) => all(classes, 'open'),
    seal: (classes) => all(classes, 'seal'),
    agree: () => mustWork(raw._crypto_scalarmult(out, secret, theirs)),
  };
}

/** Sealed once, each under its own tag. */
function readyCells(raw: Cipher, widths: readonly number[]): { open: () => void; seal: () => void } {
  const room = widths.reduce((sum, width) => sum + width + TAG_BYTES, 0);
  const [key, nonce, plain, sealed] = [raw._malloc(32), raw._malloc(12), raw._malloc(room), raw._malloc(room)];
  const each = (work: (at: number, width: number) => number): void => {
    let at = 0;
    for (const width of widths) {
      mustWork(work(at, width));
      at += width + TAG_BYTES;
    }
  };
  const seal = (): void => each((at, width) => raw._crypto_aead_chacha20poly1305_ietf_encrypt(sealed + at, 0, plain + at, width, 0, 0, 0, 0, 0, nonce, key));
  seal();
  return {
    seal,
    open: () => each((at, width) => raw._crypto_aead_chacha20poly1305_ietf_decrypt(plain + at, 0, 0, sealed + at, width + TAG_BYTES, 0, 0, 0, 0, nonce, key)),
  };
}

function mustWork(result: number): void {
  if (result !== 0) throw new Error('the cipher refused');
}
