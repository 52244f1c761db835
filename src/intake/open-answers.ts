import type { Answers } from '../catalogue/answers.js';
import { catalogue } from '../catalogue/catalogue.js';
import { cellsToAnswers } from '../catalogue/cell-codec.js';
import type { Cell } from '../catalogue/field-declaration.js';
import type { RetentionClass } from '../catalogue/retention-class.js';
import { wipe } from '../crypto/bytes.js';
import type { PaddedCells } from '../crypto/padded-cells.js';
import { SealRefusal } from '../crypto/seal-refusal.js';
import { claimedCatalogueVersion } from '../crypto/section-cipher.js';
import { Refusal } from '../platform/refusal.js';
import type { AccessTicket } from '../vault/access-ticket.js';
import type { Life, Lives } from '../vault/life-shares.js';
import { Plain } from '../vault/plain.js';
import { openClass } from '../vault/sealed-class.js';
import type { StoredIntake } from './stored-intake.js';

/** A stored intake with both halves of what opens it: its own key, and its classes' shares of life. */
export interface SealedIntake extends StoredIntake {
  readonly intakeKey: Uint8Array;
  readonly lives: Lives;
}

/**
 * Opens the cells of these fields in every class of them that is alive. What is not asked for stays sealed. A field that came
 * after the catalogue version of a section is not in it, and is left out like a blank.
 * @param paths fields without positions, as in `Selection.paths`; absent = everything
 * @throws Refusal SECTION_NOT_AUTHENTIC when a stored section is not the one that was last written here
 */
export function openAnswers(ticket: AccessTicket, intake: SealedIntake, paths?: readonly string[]): Plain<Answers> {
  const asked = paths && new Set(paths);
  const answers: Answers = {};
  for (const [retentionClass, life] of intake.lives) {
    if (life.state !== 'alive') continue;
    const isAsked = ({ field }: Cell) => asked?.has(field.path) ?? true;
    if (!catalogue.cells(retentionClass).some(isAsked)) continue;
    const { cells, opened } = openOne(ticket, intake, retentionClass, life, isAsked);
    cellsToAnswers(cells, opened, answers);
    wipe(opened.bytes);
  }
  return new Plain(answers);
}

/** Opens a section even where its version has nothing of what is asked: what is stored has to be what was written. */
function openOne(
  ticket: AccessTicket,
  { row, intakeKey, sections, digests }: SealedIntake,
  retentionClass: RetentionClass,
  { share, oldestVersion }: Life & { readonly state: 'alive' },
  isAsked: (cell: Cell) => boolean,
): { readonly cells: readonly Cell[]; readonly opened: PaddedCells } {
  const bytes = sections.get(retentionClass);
  if (!bytes) throw notAuthentic(retentionClass);
  if (oldestVersion !== null && row.version < oldestVersion) throw notAuthentic(retentionClass, 'VERSION_UNKNOWN');
  const catalogueVersion = versionFor(bytes);
  const place = { siteId: row.site_id, intakeId: row.id, class: retentionClass, catalogueVersion, intakeVersion: row.version };
  const all = catalogue.cells(retentionClass, catalogueVersion);
  const cells = all.filter(isAsked);
  const wanted = cells.length < all.length ? cells.map(({ number }) => number) : undefined;
  try {
    const widths = catalogue.cellWidths(retentionClass, bytes.length, catalogueVersion);
    return { cells, opened: openClass(ticket, { intakeKey, share }, place, { bytes, digest: digests[retentionClass] }, widths, wanted) };
  } catch (error) {
    if (error instanceof SealRefusal) throw notAuthentic(retentionClass, error.code);
    throw error;
  }
}

/** The version to open a section under: the one it claims or, where there is no such one, the newest, which its header then contradicts. */
function versionFor(bytes: Uint8Array): number {
  const claimed = claimedCatalogueVersion(bytes);
  return claimed >= 1 && claimed <= catalogue.version ? claimed : catalogue.version;
}

function notAuthentic(retentionClass: RetentionClass, reason = 'SECTION_MISSING'): Refusal {
  return new Refusal('SECTION_NOT_AUTHENTIC', 'What is stored is not what was last written here. Nothing was opened; tell your administrator.', {
    class: retentionClass,
    reason,
  });
}
