import { randomUUID } from 'node:crypto';
import { decodeCells, encodeCells } from '../../src/catalogue/cell-codec.js';
import { catalogue } from '../../src/catalogue/catalogue.js';
import type { FieldDeclaration } from '../../src/catalogue/field-declaration.js';
import { randomBytes } from '../../src/crypto/random.js';
import { openSection, sealSection, type SectionPlace } from '../../src/crypto/section-cipher.js';
import { CELL_WIDTH } from './record.js';
import type { Sealer } from './sealers.js';

/** One section as the service seals it: padding, salt, commitment, context, a tag for each field; and opened to text again. */
export function ownSealer(cells: number): Sealer<Uint8Array> {
  const place: SectionPlace = { siteId: randomUUID(), intakeId: randomUUID(), classNumber: 2, catalogueVersion: 1, intakeVersion: 1 };
  const key = randomBytes(32);
  const field: FieldDeclaration = { ...catalogue.cells('identity')[0]!.field, width: CELL_WIDTH, maxWidth: CELL_WIDTH };
  const fields = Array.from({ length: cells }, () => field);
  const widths = Array.from({ length: cells }, () => CELL_WIDTH);
  return {
    name: 'thinfile',
    seal: (values) => sealSection(key, place, encodeCells(fields, values)),
    open: (sealed) => decodeCells(fields, openSection(key, place, sealed, widths)) as readonly string[],
    size: (sealed) => sealed.length,
  };
}
