import { randomUUID } from 'node:crypto';
import sodium from 'libsodium-wrappers';
import { openSection, sealSection, type SectionPlace } from '../src/crypto/section-cipher.js';
import { randomBytes } from '../src/crypto/random.js';
import { perSecond, type BenchResult } from './measure.js';

const FIELDS = 24;
const WIDTH = 34;

/** A 24-field record sealed and opened, beside the same cells through the bare cipher: what all the rest costs. */
export async function seal(): Promise<BenchResult> {
  const place: SectionPlace = { siteId: randomUUID(), intakeId: randomUUID(), classNumber: 2, catalogueVersion: 1, intakeVersion: 1 };
  const key = randomBytes(32);
  const nonce = randomBytes(12);
  const cells = Array.from({ length: FIELDS }, () => randomBytes(WIDTH));
  const widths = cells.map((cell) => cell.length);
  const section = sealSection(key, place, cells);
  const bare = cells.map((cell) => sodium.crypto_aead_chacha20poly1305_ietf_encrypt(cell, null, null, nonce, key));

  const rows = perSecond({
    seal: () => sealSection(key, place, cells),
    open: () => openSection(key, place, section, widths),
    'cipher alone, sealing': () => cells.map((cell) => sodium.crypto_aead_chacha20poly1305_ietf_encrypt(cell, null, null, nonce, key)),
    'cipher alone, opening': () => bare.map((cell) => sodium.crypto_aead_chacha20poly1305_ietf_decrypt(null, cell, null, nonce, key)),
  });
  const rate = (name: string): number => rows.find((row) => row.name === name)!.perSecond;
  return {
    bench: 'seal',
    ratios: {
      sealOfCipherAlone: rate('seal') / rate('cipher alone, sealing'),
      openOfCipherAlone: rate('open') / rate('cipher alone, opening'),
    },
    rows,
  };
}
