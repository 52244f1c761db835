import type { EntryKind } from '../../audit/entry.js';
import type { RetentionClass } from '../../catalogue/retention-class.js';
import type { CheckedEntry } from './checked-entry.js';

/** What it follows. A hold that was mended was in force by the log all along. */
export const CHANGES_OF_HOLDS = ['hold.placed', 'hold.found', 'hold.released'] as const satisfies readonly EntryKind[];

/** What a hold's scope is compared with. */
export interface HoldableShare {
  readonly site: string;
  readonly intake: string;
  readonly class: RetentionClass;
  readonly taxYear: number;
  readonly createdDay: string;
}

type Scope = (share: HoldableShare) => boolean;

/** The legal holds that stand by the log's entries so far. */
export class LoggedHolds {
  private readonly open = new Map<string, Scope>();

  get count(): number {
    return this.open.size;
  }

  /** @returns what has happened to the holds, if anything */
  take({ kind, subject, context }: CheckedEntry): 'placed' | 'released' | undefined {
    const id = String(context['hold']);
    switch (kind) {
      case 'hold.placed':
      case 'hold.found':
        this.open.set(id, scopeIn(subject, context));
        return 'placed';
      case 'hold.released':
        this.open.delete(id);
        return 'released';
      default:
        return undefined;
    }
  }

  covers(share: HoldableShare): boolean {
    for (const scope of this.open.values()) if (scope(share)) return true;
    return false;
  }
}

/** As the key store's own rows say it: what is left out covers everything, and all that is given must match. */
function scopeIn({ site, intakes, intake, classes }: CheckedEntry['subject'], { taxYear, from, to }: CheckedEntry['context']): Scope {
  const named = intakes ?? (intake === undefined ? undefined : [intake]);
  return (share) =>
    (site === undefined || site === share.site) &&
    (named === undefined || (named as readonly string[]).includes(share.intake)) &&
    (classes === undefined || (classes as readonly string[]).includes(share.class)) &&
    (taxYear === undefined || taxYear === share.taxYear) &&
    (from === undefined || share.createdDay >= (from as string)) &&
    (to === undefined || share.createdDay <= (to as string));
}
