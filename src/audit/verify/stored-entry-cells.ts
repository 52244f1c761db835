import type { CopiedRows } from '../../platform/copied-rows.js';
import { prefixedLeafHashText, type HashText } from '../growing-tree.js';
import { bounded, MOST_OF } from '../longest-cells.js';
import { commitmentText, PART_NAMES, type DisclosedParts, type PartName } from './disclosed-parts.js';
import type { EntryColumns } from './entry-damage.js';
import type { WalkedEntry } from './log-walk.js';
import { SURELY_FILED } from './surely-filed.js';

/** SQL: no more of a cell than any that the log wrote has, and a character: what is cut off is not as it was written either. */
const cutText = (text: string, most: number): string => `textsend(CASE WHEN octet_length(${text}) > ${most} THEN left(${text}, ${most + 1}) ELSE ${text} END)`;
const cutBytes = (bytes: string, most: number): string => `CASE WHEN octet_length(${bytes}) > ${most} THEN substr(${bytes}, 1, ${most + 1}) ELSE ${bytes} END`;

/** Of log_index `i`, log_entry `e` and log_part `p`, by UTC: what is hashed stands together as it is hashed, so that nothing is copied for it. */
export const COLUMNS = [
  'i.index',
  'i.entry_id',
  bounded('i.leaf_hash', 'hash'),
  String.raw`'\x00'::bytea || ${cutText('e.leaf', MOST_OF.leaf)}`,
  `e.counter::text || ',"epoch":"' || e.epoch::text || '","kind":"' || left(e.kind, 100)`,
  'e.at::text',
  `CASE WHEN p.entry_id IS NULL OR p.site_id IS NOT DISTINCT FROM e.site_id THEN coalesce(e.site_id::text, '') || ' ' || coalesce(e.intake_id::text, '') END`,
  ...(['actor', 'subject', 'context'] as const).flatMap((part) => [
    `(${cutBytes(`p.${part}_salt`, MOST_OF.salt)}) || ${cutText(`p.${part}`, MOST_OF.part)}`,
    // Nothing where there is no row of parts.
    `CASE WHEN p.entry_id IS NOT NULL THEN least(octet_length(p.${part}_salt), ${MOST_OF.salt + 1}) END`,
  ]),
];

/** The same with log_filter `f`. */
export const COLUMNS_AND_FILTER = [...COLUMNS, SURELY_FILED];

const [INDEX, ENTRY_ID, ROW, ZERO_AND_LEAF, WRITER, TIMESTAMP, FILED] = [0, 1, 2, 3, 4, 5, 6];
const SALTED: Readonly<Record<PartName, number>> = { actor: 7, subject: 9, context: 11 };
const FILTER = COLUMNS.length;

/** The entry that is in the row where `CopiedRows` has come to. */
export class StoredEntryCells implements WalkedEntry, DisclosedParts, EntryColumns {
  #tile: HashText | undefined;

  constructor(private readonly cells: CopiedRows) {}

  /** @param tile what the tile has at its place */
  at(tile: HashText | undefined): this {
    this.#tile = tile;
    return this;
  }

  get index(): number {
    return this.cells.int8(INDEX);
  }

  /** None where the table's owner took it away. */
  get entryId(): number | undefined {
    return this.cells.isNull(ENTRY_ID) ? undefined : this.cells.nearestInt8(ENTRY_ID);
  }

  get leaf(): string | undefined {
    return this.isGone ? undefined : this.cells.text(ZERO_AND_LEAF, 'latin1', 1);
  }

  get hash(): HashText | undefined {
    return this.isGone ? undefined : prefixedLeafHashText(this.cells.bytes(ZERO_AND_LEAF));
  }

  get row(): HashText {
    return this.cells.text(ROW, 'latin1');
  }

  get tile(): HashText | undefined {
    return this.#tile;
  }

  get parts(): DisclosedParts {
    return this;
  }

  /** Of a row of `COLUMNS_AND_FILTER`. */
  get isSurelyFiled(): boolean {
    return this.cells.bool(FILTER);
  }

  get columns(): EntryColumns | undefined {
    return this.isGone ? undefined : this;
  }

  get writer(): string {
    return this.cells.text(WRITER, 'latin1');
  }

  get timestamp(): string {
    return this.cells.text(TIMESTAMP, 'latin1');
  }

  get filed(): string {
    return this.cells.text(FILED, 'latin1');
  }

  get isEmptied(): boolean {
    return !this.cells.isNull(SALTED.actor + 1) && this.count < PART_NAMES.length;
  }

  get count(): number {
    return Number(this.has('actor')) + Number(this.has('subject')) + Number(this.has('context'));
  }

  has(part: PartName): boolean {
    return !this.cells.isNull(SALTED[part]);
  }

  commitment(part: PartName): string | undefined {
    return this.has(part) ? commitmentText(this.cells.bytes(SALTED[part]), this.saltBytes(part)) : undefined;
  }

  text(part: PartName): string {
    return this.cells.text(SALTED[part], 'utf8', this.saltBytes(part));
  }

  salt(part: PartName): Buffer {
    return this.cells.bytes(SALTED[part]).subarray(0, this.saltBytes(part));
  }

  private get isGone(): boolean {
    return this.cells.isNull(ZERO_AND_LEAF);
  }

  private saltBytes(part: PartName): number {
    return this.cells.int4(SALTED[part] + 1);
  }
}
