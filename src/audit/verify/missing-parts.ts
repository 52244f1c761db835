import { PART_NAMES, type DisclosedParts } from './disclosed-parts.js';
import type { Finding } from './finding.js';
import type { LeafFields } from './leaf-fields.js';

/** What no pruning takes: the rules, custody and names of the log (docs/decisions/0023). */
const NEVER_PRUNED: ReadonlySet<string> = new Set([
  ...['policy.approved', 'policy.withdrawn', 'site.created', 'site.changed', 'hold.placed', 'hold.found', 'hold.released', 'hold.mended'],
  ...['organisation.created', 'vault.created', 'vault.pinned', 'log.origin', 'log.key-rotated', 'log.pruned', 'restore.found', 'restore.swept', 'restore.released'],
]);

/**
 * Entries without parts, against what the log says of its own pruning: `log.pruned` names the day before which all of it was. Remembers the
 * first entry of each day and no more.
 */
export class MissingParts {
  readonly #firstOf = new Map<string, { readonly index: number; readonly entryId: number | undefined }>();
  readonly #never: Finding[] = [];
  #prunedBefore = '';

  /** @param isWhole its parts are what the leaf commits to */
  take(index: number, entryId: number | undefined, { kind, time }: LeafFields, parts: DisclosedParts, isWhole: boolean): void {
    if (parts.count < PART_NAMES.length) {
      const place = { index, entryId };
      if (NEVER_PRUNED.has(kind)) this.#never.push(findingAt(place));
      else if (!this.#firstOf.has(dayOf(time))) this.#firstOf.set(dayOf(time), place);
    } else if (kind === 'log.pruned' && isWhole) {
      const said = dayIn(parts.text('context'));
      if (said < dayOf(time) && said > this.#prunedBefore) this.#prunedBefore = said;
    }
  }

  /** The first entry of each day whose parts are gone, and were not pruned. */
  found(): readonly Finding[] {
    const days = [...this.#firstOf].filter(([day]) => day >= this.#prunedBefore);
    return [...this.#never, ...days.map(([, place]) => findingAt(place))];
  }
}

/** Empty where it names none: what is committed to is not for that what the log writes. */
function dayIn(context: string): string {
  try {
    return (JSON.parse(context) as { day?: string }).day ?? '';
  } catch {
    return '';
  }
}

function dayOf(time: string): string {
  return time.slice(0, 10);
}

function findingAt({ index, entryId }: { readonly index: number; readonly entryId: number | undefined }): Finding {
  return { kind: 'parts-gone', index, ...(entryId === undefined ? {} : { entryId }) };
}
