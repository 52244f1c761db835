import { isEmail } from 'class-validator';
import { Refusal } from '../platform/refusal.js';

/** @throws Refusal INVALID_INPUT */
export function checkEmail(email: string): void {
  if (!isEmail(email.trim())) throw new Refusal('INVALID_INPUT', 'This is not an e-mail address.', { fields: ['email'] });
}
