import { createHmac, timingSafeEqual } from 'node:crypto';
import { Refusal } from '../../platform/refusal.js';

/** The name of the unseen field that carries the value in every form. */
export const CSRF_FIELD = '_csrf';

/**
 * The value that a form of this session carries: HMAC-SHA256 under the session's token. It needs no place to be kept,
 * dies with the session, and does not give the token away to whoever reads a page.
 */
export function csrfToken(sessionToken: string): string {
  return createHmac('sha256', sessionToken).update('thinfile form').digest('base64url');
}

/** @throws Refusal CROSS_SITE_REQUEST unless the form carried the value of this session */
export function checkCsrfToken(sessionToken: string, given: unknown): void {
  const expected = Buffer.from(csrfToken(sessionToken));
  const received = Buffer.from(typeof given === 'string' ? given : '');
  if (received.length !== expected.length || !timingSafeEqual(received, expected)) {
    throw new Refusal('CROSS_SITE_REQUEST', 'This form did not come from a page of this session.');
  }
}
