const ID_LENGTH = 36;
const FILED_LENGTH = 2 * ID_LENGTH + 1;

/**
 * Does a subject belong under these ids? Most subjects are about one intake, and canonical JSON has it and its site at the end: those are
 * not parsed. The comma before is no part of a text, since the quote behind it would not stand bare in one, nor, if it ended one, before a
 * letter; and what is closed last is the subject itself.
 * @param subject that its leaf commits to, and that may come from an attacker all the same
 * @param filed `site intake` of the columns, either of them empty; without the space between them nothing belongs there
 */
export function isFiledBy(subject: string, filed: string): boolean {
  return endsWithIds(subject, filed) || idsIn(subject) === filed;
}

function endsWithIds(subject: string, filed: string): boolean {
  return filed.length === FILED_LENGTH && subject.endsWith(`,"intake":"${filed.slice(ID_LENGTH + 1)}","site":"${filed.slice(0, ID_LENGTH)}"}`);
}

/** @returns undefined when it is no JSON object */
function idsIn(subject: string): string | undefined {
  try {
    const { site, intake, intakes } = JSON.parse(subject) as { site?: string; intake?: string; intakes?: readonly string[] };
    return `${site ?? ''} ${intake ?? (intakes?.length === 1 ? intakes[0]! : '')}`;
  } catch {
    return undefined;
  }
}
