import { Refusal } from '../../platform/refusal.js';
import type { FormValues } from '../form/form-values.js';

/** The version of the intake that the form was made from. @throws Refusal BAD_REQUEST */
export function formVersion({ version = '' }: FormValues): number {
  if (!/^[1-9]\d{0,8}$/.test(version)) throw new Refusal('BAD_REQUEST', 'The form does not say which version it was made from.');
  return Number(version);
}
