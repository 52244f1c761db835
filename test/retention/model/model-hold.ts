import type { HoldInput } from '../../../src/retention/holds/hold-input.js';
import type { ModelIntake } from './model-intake.js';
import type { AskedClass } from './oracle.js';

/** By what a hold names what it keeps; with none of them it keeps everything. */
export const HOLD_PARTS = ['intake', 'class', 'site', 'year', 'day'] as const;
export type HoldPart = (typeof HOLD_PARTS)[number];

export interface ModelHold {
  readonly id: string;
  readonly covers: (intake: ModelIntake, cls: AskedClass) => boolean;
}

/** @param site where all intakes of the model are */
export function scopeNaming(parts: readonly HoldPart[], { id, taxYear, created }: ModelIntake, cls: AskedClass, site: string): HoldInput['scope'] {
  const named = { intake: { intakes: [id] }, class: { classes: [cls] }, site: { site }, year: { taxYear }, day: { createdFrom: created, createdTo: created } };
  return parts.length === 0 ? { all: true } : Object.assign({}, ...parts.map((part) => named[part]));
}

export function coversNaming(parts: readonly HoldPart[], { id, taxYear, created }: ModelIntake, cls: AskedClass): ModelHold['covers'] {
  return (one, of) => {
    const isNamed = { intake: one.id === id, class: of === cls, site: true, year: one.taxYear === taxYear, day: one.created === created };
    return parts.every((part) => isNamed[part]);
  };
}
