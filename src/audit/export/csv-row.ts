/** What spreadsheets take for the beginning of a formula, full-width letters too, and what they skip before one. */
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/u;

/**
 * RFC 4180, section 2: a record, its line break with it. A field that a spreadsheet would run gets an apostrophe before it, as
 * OWASP's page on CSV injection asks; ids, days and closed words have none of these.
 */
export function csvRow(fields: readonly string[]): string {
  return `${fields.map(csvField).join(',')}\r\n`;
}

function csvField(value: string): string {
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n\t']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
