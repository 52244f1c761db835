import type { Wording } from '../../catalogue/wording.js';
import { GROUP_WORDS } from '../words/intake-words.js';
import type { AskedField } from './asked-input.js';

/** What a question is called: where both spouses are asked side by side, with whom it is about. */
export function labelBeside({ label, group }: AskedField, beside: readonly AskedField[]): Wording {
  const ofBoth = ['taxpayer', 'spouse'].every((spouse) => beside.some((field) => field.group === spouse));
  if (!ofBoth || (group !== 'taxpayer' && group !== 'spouse')) return label;
  const { en, es } = GROUP_WORDS[group];
  return { en: `${en}: ${label.en}`, es: `${es}: ${label.es}` };
}
