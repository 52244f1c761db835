import type { EntryKind } from '../../audit/entry.js';
import type { Damage } from '../../audit/stored-parts.js';
import type { Wording } from '../../catalogue/wording.js';
import type { LocalPath } from '../shell/local-path.js';
import type { LoggedPurpose, SystemActor } from '../words/audit-words.js';

/** An entry of the access log as its page shows it. */
export interface EntryRow {
  /** Where it stands alone, with what auditors wrote about it. */
  readonly path?: LocalPath;
  /** By which reviews and addresses name it; its place in the tree is another number. */
  readonly number: number;
  readonly at: Date;
  readonly kind: EntryKind;
  readonly state: 'pending' | 'integrated' | 'published';
  /** Its index; none while it is pending. */
  readonly index?: number;
  /** A member's name; undefined after pruning, and where the system did it. */
  readonly actor?: string;
  /** The member's trail. */
  readonly actorPath?: LocalPath;
  readonly system?: SystemActor;
  /** Random numbers; one for most readings, many for a list. */
  readonly intakes: readonly string[];
  /** Name of the member whom it was about. */
  readonly member?: string;
  readonly run?: LocalPath;
  /** The legal hold. */
  readonly hold?: LocalPath;
  /** What a review is about: a finding, or another entry. */
  readonly reviewed?: LocalPath;
  readonly purpose?: LoggedPurpose;
  /** Names of fields or classes, never values. */
  readonly fields: readonly string[];
  /** Its stage, its reason, what it counted, what came of a review. */
  readonly said: readonly Wording[];
  readonly pruned: boolean;
  /** What is not as it was written. */
  readonly damaged: readonly Damage[];
}
