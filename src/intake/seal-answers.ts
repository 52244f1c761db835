import type { Answers } from '../catalogue/answers.js';
import { catalogue } from '../catalogue/catalogue.js';
import { answersToCells } from '../catalogue/cell-codec.js';
import { wipe } from '../crypto/bytes.js';
import type { RetentionClass } from '../catalogue/retention-class.js';
import { sealClass, type SealedClass } from '../vault/sealed-class.js';

export interface SealingPlace {
  readonly siteId: string;
  readonly intakeId: string;
  readonly version: number;
}

/**
 * Seals the answers of every class that is alive, blanks like values: what is sealed looks the same whoever it is about.
 * @param shares of life, of the classes that are alive
 */
export function sealAnswers(
  place: SealingPlace,
  intakeKey: Uint8Array,
  shares: ReadonlyMap<RetentionClass, Uint8Array>,
  answers: Answers,
): ReadonlyMap<RetentionClass, SealedClass> {
  const sealed = new Map<RetentionClass, SealedClass>();
  for (const [retentionClass, share] of shares) {
    const cells = answersToCells(answers, retentionClass);
    const where = {
      siteId: place.siteId,
      intakeId: place.intakeId,
      class: retentionClass,
      catalogueVersion: catalogue.version,
      intakeVersion: place.version,
    };
    sealed.set(retentionClass, sealClass({ intakeKey, share }, where, cells));
    wipe(cells.bytes);
  }
  return sealed;
}

/** The digests that go into the log entry of the write. */
export function digestsOf(sealed: ReadonlyMap<RetentionClass, SealedClass>): Record<string, string> {
  return Object.fromEntries([...sealed].map(([retentionClass, { digest }]) => [retentionClass, digest]));
}
