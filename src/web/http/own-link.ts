import type { Settings } from '../../platform/settings.js';

interface RequestAddress {
  readonly protocol: string;
  readonly host: string;
}

/** A path of ours as a link to hand to somebody: where people reach the service, or where this request did. */
export function ownLink(settings: Settings, request: RequestAddress, path: string): string {
  return `${settings.origin ?? `${request.protocol}://${request.host}`}${path}`;
}
