import { Refusal } from '../../platform/refusal.js';
import { LIMITS } from './limits.js';

/** @throws Refusal ADDRESS_TOO_LONG */
export function refuseLongAddress(url: string): void {
  if (url.length > LIMITS.addressCharacters) throw new Refusal('ADDRESS_TOO_LONG', 'The address is longer than this service takes.');
}
