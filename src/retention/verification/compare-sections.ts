import type { RetentionClass } from '../../catalogue/retention-class.js';
import { uuidBytes } from '../../crypto/bytes.js';
import { classNumber } from '../../vault/sealed-class.js';

/**
 * What is wrong with a section row, told without any key:
 * - `foreign`: sealed for another place, or of a class that the newest write does not have
 * - `rolled-back`: as an earlier write of the same intake left it
 * - `changed`: as no write left it
 * - `missing`: the newest write has it and it is not there, and has not died; without a class, all of an intake of which something lives
 * - `entry-damaged`: the entry of the newest write is gone or was changed, so that nothing can be compared
 * Of an earlier version that a legal hold keeps:
 * - `preserved-foreign`: sealed for another place
 * - `preserved-changed`: not as the write of its version left it
 * - `preserved-untold`: the entry of that write is gone or was changed
 * - `preserved-missing`: a save kept it, holds have kept it ever since, and it is not there
 */
export type SectionFindingKind = 'foreign' | 'rolled-back' | 'changed' | 'missing' | 'entry-damaged' | 'preserved-foreign' | 'preserved-changed' | 'preserved-untold' | 'preserved-missing';

export interface SectionFinding {
  readonly kind: SectionFindingKind;
  readonly siteId: string;
  readonly intakeId: string;
  readonly class?: RetentionClass;
}

/** A section row as the database sums it up. */
export interface SectionRow {
  readonly site: string;
  /** SHA-256 of its bytes, in hexadecimal. */
  readonly digest: string;
  /** Bytes 4 to 36 of its header, in hexadecimal: site, intake, class. */
  readonly place: string;
}

export interface ComparedIntake {
  readonly id: string;
  readonly siteId: string;
  readonly sections: Readonly<Partial<Record<RetentionClass, SectionRow>>>;
  /** Of the newest write; undefined where its entry does not say, or is not what its leaf commits to. */
  readonly digests: Readonly<Partial<Record<RetentionClass, string>>> | undefined;
}

/** A finding that other rows decide about. */
export interface Suspicion {
  readonly intake: ComparedIntake;
  readonly class: RetentionClass;
  /** `unlisted` and `missing` are nothing where the class is dead; `differs` can be an earlier write's. */
  readonly what: 'unlisted' | 'missing' | 'differs';
}

/** Compares rows with the newest write. Pure. */
export function compareSections(intake: ComparedIntake): { readonly certain: readonly SectionFinding[]; readonly suspect: readonly Suspicion[] } {
  const { id: intakeId, siteId, sections, digests } = intake;
  if (!digests) return { certain: [{ kind: 'entry-damaged', siteId, intakeId }], suspect: [] };
  const certain: SectionFinding[] = [];
  const suspect: Suspicion[] = [];
  for (const [name, { site, digest, place }] of Object.entries(sections) as [RetentionClass, SectionRow][]) {
    // The place also of one that is as it was written: an intake that was moved whole to another site is.
    if (site !== siteId || place !== placeText(siteId, intakeId, name)) certain.push({ kind: 'foreign', siteId, intakeId, class: name });
    else if (digest !== digests[name]) suspect.push({ intake, class: name, what: digests[name] === undefined ? 'unlisted' : 'differs' });
  }
  for (const name of Object.keys(digests) as RetentionClass[]) if (!sections[name]) suspect.push({ intake, class: name, what: 'missing' });
  return { certain, suspect };
}

/** docs/formats.md, "Section": bytes 4 to 36. */
export function placeText(siteId: string, intakeId: string, name: RetentionClass): string {
  return Buffer.concat([uuidBytes(siteId), uuidBytes(intakeId), Buffer.from([classNumber(name)])]).toString('hex');
}
