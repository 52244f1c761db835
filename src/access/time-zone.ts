import { Refusal } from '../platform/refusal.js';

/** An IANA name such as America/Chicago: dates of destruction are days there, and an offset would be wrong half the year. */
export function checkTimeZone(timeZone: string): void {
  if (!isTimeZone(timeZone)) throw new Refusal('INVALID_INPUT', 'The time zone is a name such as America/Chicago.', { fields: ['timeZone'] });
}

export function isTimeZone(text: string | undefined): text is string {
  return text !== undefined && /^(UTC|[A-Za-z_]+(\/[A-Za-z0-9_+-]+)+)$/.test(text) && isKnown(text);
}

function isKnown(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
