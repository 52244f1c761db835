import { parseNote } from '../signed-note.js';
import { formatVerifierKey, type VerifierKey } from '../verifier-key.js';
import { openCosignature } from '../witness/cosignature.js';
import type { Findings } from './finding.js';

/** What a known witness has cosigned, of all that was looked at. */
export interface Cosigner {
  readonly name: string;
  /** The largest checkpoint under which a good cosignature of its key was found, and when it was made by the witness's own clock. */
  readonly newest?: { readonly size: number; readonly at: Date };
}

/** Checks the cosignatures of witnesses whose keys are known. Those of others say nothing: whoever wrote one may have made its key. */
export class Cosigners {
  readonly #newest = new Map<string, Cosigner>();

  constructor(
    private readonly witnesses: readonly VerifierKey[],
    private readonly findings: Findings,
  ) {
    for (const key of witnesses) this.#newest.set(formatVerifierKey(key), { name: key.name });
  }

  /** @param note a checkpoint that the log has signed. Lines of other keys are passed over, as C2SP signed-note asks */
  take(note: string, size: number, name: string): void {
    const { text, signatures } = parseNote(note)!;
    for (const key of this.witnesses) {
      const own = signatures.filter((one) => one.name === key.name && one.keyId.equals(key.keyId));
      for (const seconds of own.map((signature) => openCosignature(text, signature, key))) {
        if (seconds === undefined) this.findings.add({ kind: 'bad-signature', size, name, witness: key.name });
        else this.saw(key, size, new Date(seconds * 1000));
      }
    }
  }

  /** One was found good. */
  saw(key: VerifierKey, size: number, at: Date): void {
    const known = this.#newest.get(formatVerifierKey(key));
    if (known && size >= (known.newest?.size ?? 0)) this.#newest.set(formatVerifierKey(key), { ...known, newest: { size, at } });
  }

  /** Each of them, once. */
  all(): readonly Cosigner[] {
    return [...this.#newest.values()];
  }
}
