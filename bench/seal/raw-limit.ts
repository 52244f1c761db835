import { randomFillSync } from 'node:crypto';
import { loadRaw } from '../../src/crypto/raw-libsodium.js';

/** What no way of sealing can beat here: the module's own function over bytes that lie ready in its memory, and no other work. */
export async function rawLimit(cells: number, width: number): Promise<{ readonly seal: () => void; readonly open: () => void }> {
  const raw = await loadRaw();
  const room = width + 16;
  const [key, nonce, plain, sealed] = [raw._malloc(32), raw._malloc(12), raw._malloc(room * cells), raw._malloc(room * cells)];
  raw.HEAPU8.set(randomFillSync(new Uint8Array(32)), key);
  const each = (work: (at: number) => number): void => {
    for (let cell = 0; cell < cells; cell++) if (work(cell * room) !== 0) throw new Error('the cipher refused');
  };
  const sealAll = (): void =>
    each((at) => raw._crypto_aead_chacha20poly1305_ietf_encrypt(sealed + at, 0, plain + at, width, 0, 0, 0, 0, 0, nonce, key));
  sealAll();
  return {
    seal: sealAll,
    open: () => each((at) => raw._crypto_aead_chacha20poly1305_ietf_decrypt(plain + at, 0, 0, sealed + at, room, 0, 0, 0, 0, nonce, key)),
  };
}
