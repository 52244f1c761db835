import { Refusal } from '../../platform/refusal.js';
import type { Settings } from '../../platform/settings.js';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Only requests that were addressed to us by a name of ours are answered: the links that we hand out are made from it, and
 * another site's name that was made to point here (DNS rebinding) would make its pages ours to a browser.
 * @returns a check of a Host header. @throws Refusal BAD_REQUEST
 */
export function ownHostOnly({ origin, host }: Settings): (header: string | undefined) => void {
  const names = new Set([...LOOPBACK, host.toLowerCase(), ...(origin ? [new URL(origin).hostname] : [])]);
  return (header) => {
    const name = (header ?? '').replace(/:\d{1,5}$/, '').toLowerCase();
    if (!names.has(name)) throw new Refusal('BAD_REQUEST', 'This service does not go by that name. Whoever runs it sets THINFILE_ORIGIN.');
  };
}
