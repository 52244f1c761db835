import type { Answers } from '../catalogue/answers.js';
import { catalogue } from '../catalogue/catalogue.js';
import { cellsToAnswers } from '../catalogue/cell-codec.js';
import type { Cell } from '../catalogue/field-declaration.js';
import type { RetentionClass } from '../catalogue/retention-class.js';
import { wipe } from '../crypto/bytes.js';
import type { PaddedCells } from '../crypto/padded-cells.js';
import { SealRefusal } from '../crypto/seal-refusal.js';
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
 * Opens the cells of these fields in every class of them that is alive. What is not asked for stays sealed.
 * @param paths fields without positions, as in `Selection.paths`; absent = everything
 * @throws Refusal SECTION_NOT_AUTHENTIC when a stored section is not the one that was last written here
 */
export function openAnswers(ticket: AccessTicket, intake: SealedIntake, paths?: readonly string[]): Plain<Answers> {
  const asked = paths && new Set(paths);
  const answers: Answers = {};
  for (const [retentionClass, life] of intake.lives) {
    if (life.state !== 'alive') continue;
    const cells = catalogue.cells(retentionClass);
    const wanted = asked ? cells.filter(({ field }) => asked.has(field.path)) : cells;
    if (wanted.length === 0) continue;
    const opened = openOne(ticket, intake, retentionClass, life, wanted.length < cells.length ? wanted : undefined);
    cellsToAnswers(wanted, opened, answers);
    wipe(opened.bytes);
  }
  return new Plain(answers);
}

function openOne(
  ticket: AccessTicket,
  { row, intakeKey, sections, digests }: SealedIntake,
  retentionClass: RetentionClass,
  { share, oldestVersion }: Life & { readonly state: 'alive' },
  wanted: readonly Cell[] | undefined,
): PaddedCells {
  const bytes = sections.get(retentionClass);
  if (!bytes) throw notAuthentic(retentionClass);
  if (oldestVersion !== null && row.version < oldestVersion) throw notAuthentic(retentionClass, 'VERSION_UNKNOWN');
  const place = {
    siteId: row.site_id,
    intakeId: row.id,
    class: retentionClass,
    catalogueVersion: catalogue.version,
    intakeVersion: row.version,
  };
  try {
    const widths = catalogue.cellWidths(retentionClass, bytes.length);
    return openClass(ticket, { intakeKey, share }, place, { bytes, digest: digests[retentionClass] }, widths, wanted?.map(({ number }) => number));
  } catch (error) {
    if (error instanceof SealRefusal) throw notAuthentic(retentionClass, error.code);
    throw error;
  }
}

function notAuthentic(retentionClass: RetentionClass, reason = 'SECTION_MISSING'): Refusal {
  return new Refusal('SECTION_NOT_AUTHENTIC', 'What is stored is not what was last written here. Nothing was opened; tell your administrator.', {
    class: retentionClass,
    reason,
  });
}
