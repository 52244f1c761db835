import { isEmail } from 'class-validator';
import { Refusal } from '../platform/refusal.js';

/** @param field what the one who typed it calls it @throws Refusal INVALID_INPUT */
export function checkEmail(email: string, field = 'email'): void {
  if (!isEmail(email.trim())) throw new Refusal('INVALID_INPUT', 'This is not an e-mail address.', { fields: [field] });
}
