import { Refusal } from '../platform/refusal.js';

/** An IANA name such as America/Chicago: dates of destruction are days there, and an offset would be wrong half the year. */
export function checkTimeZone(timeZone: string): void {
  if (!isTimeZone(timeZone)) throw new Refusal('INVALID_INPUT', 'The time zone is a name such as America/Chicago.', { fields: ['timeZone'] });
}

export function isTimeZone(text: string | undefined): text is string {
  return text !== undefined && /^(UTC|[A-Za-z_]+(\/[A-Za-z0-9_+-]+)+)$/.test(text) && resolved(text) !== undefined;
}

/**
 * A zone's name in the letter case it is known by: case alone makes no other zone. Other names of a zone stay as they are (US/Eastern), and
 * what is no zone stays too, for `checkTimeZone`.
 * @param known names in use, which go before the catalogue's
 */
export function knownSpelling(timeZone: string, known: readonly string[] = []): string {
  const spellings = [...known, resolved(timeZone) ?? timeZone];
  return spellings.find((spelling) => spelling.toLowerCase() === timeZone.toLowerCase()) ?? timeZone;
}

/** The catalogue's name of the zone; undefined if there is none. */
function resolved(timeZone: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}
