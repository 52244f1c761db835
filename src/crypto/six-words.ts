import { wordlist } from '@scure/bip39/wordlists/english.js';
import { plainHash } from './keyed-hash.js';

/**
 * Six words (66 bits) of a public key, for two people to compare aloud before one admits the other: a key put in its
 * place by whoever controls the database reads differently. The list is BIP-39's English one, 2,048 words.
 */
export function sixWords(publicKey: Uint8Array): readonly string[] {
  const bits = plainHash('six-words', publicKey);
  let number = 0n;
  for (const byte of bits.subarray(0, 9)) number = (number << 8n) | BigInt(byte);
  number >>= 6n; // 72 bits in, 66 used
  return Array.from({ length: 6 }, (_, i) => wordlist[Number((number >> BigInt(11 * (5 - i))) & 2047n)]!);
}
