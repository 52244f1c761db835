import { RETENTION_CLASSES, type RetentionClass } from '../../catalogue/retention-class.js';
import { day, type Day } from '../../platform/clock.js';
import { Refusal } from '../../platform/refusal.js';
import { flawOfText } from '../../catalogue/free-text.js';
import type { HoldScope } from '../../vault/holds.js';

/** What whoever places a hold says it keeps, before it is looked at. */
export interface HoldInput {
  /** The docket's or the letter's own reference. No names and no reasons: the list of holds says who is on it to nobody. */
  readonly matter: string;
  readonly scope: {
    readonly all?: boolean | undefined;
    readonly site?: string | undefined;
    readonly intakes?: readonly string[] | undefined;
    readonly classes?: readonly string[] | undefined;
    readonly taxYear?: number | undefined;
    readonly createdFrom?: string | undefined;
    readonly createdTo?: string | undefined;
  };
}

const MATTER_CHARACTERS = 100;
/** An entry of the log names them all. */
const MOST_INTAKES = 200;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function isIntakeNumber(text: string): boolean {
  return UUID.test(text);
}

/** @throws Refusal INVALID_INPUT */
export function checkMatter(text: string): string {
  const matter = text.normalize('NFC').replace(/\s+/gu, ' ').trim();
  const flaw = flawOfText(matter, { maxCharacters: MATTER_CHARACTERS, lines: false, refusesIdentifiers: true });
  if (matter === '' || flaw !== undefined) {
    throw invalid('matter', `A reference is 1 to ${MATTER_CHARACTERS} characters of plain text, without taxpayer or account numbers.`);
  }
  return matter;
}

/**
 * The scope with its lists in order and without repetition. Nothing named is a mistake unless `all` says that it is meant:
 * a hold that keeps too much is as bad for those who are on it as one that keeps too little.
 * @throws Refusal INVALID_INPUT naming the part
 */
export function checkScope({ all, site, intakes, classes, taxYear, createdFrom, createdTo }: HoldInput['scope']): HoldScope {
  const named = [site, intakes, classes, taxYear, createdFrom, createdTo].some((part) => part !== undefined);
  if (named === (all === true)) throw invalid('scope', 'A hold names what it keeps, or says that it keeps everything.');
  if (site !== undefined && !UUID.test(site)) throw invalid('scope.site', 'This is not a site.');
  if (taxYear !== undefined && !(Number.isInteger(taxYear) && taxYear >= 1900 && taxYear <= 2200)) throw invalid('scope.taxYear', 'This is not a tax year.');
  const [first, last] = [dayOrRefuse('scope.createdFrom', createdFrom), dayOrRefuse('scope.createdTo', createdTo)];
  if (first && last && last < first) throw invalid('scope.createdTo', 'The last day is before the first.');
  return {
    ...(site !== undefined && { site }),
    ...(intakes && { intakes: listOf('scope.intakes', intakes, isIntakeNumber, MOST_INTAKES) }),
    ...(classes && { classes: listOf('scope.classes', classes, isClass, RETENTION_CLASSES.length) as RetentionClass[] }),
    ...(taxYear !== undefined && { taxYear }),
    ...(first && { from: first }),
    ...(last && { to: last }),
  };
}

function listOf(part: string, given: readonly string[], isOne: (one: string) => boolean, most: number): string[] {
  const list = [...new Set(given)].sort();
  if (list.length === 0 || list.length > most || !list.every(isOne)) throw invalid(part, `One to ${most} of them, each as it is written.`);
  return list;
}

function isClass(name: string): boolean {
  return (RETENTION_CLASSES as readonly string[]).includes(name);
}

function dayOrRefuse(part: string, text: string | undefined): Day | undefined {
  if (text === undefined) return undefined;
  try {
    return day(text);
  } catch {
    throw invalid(part, 'A day is written as 2027-04-30.');
  }
}

function invalid(field: string, message: string): Refusal {
  return new Refusal('INVALID_INPUT', message, { fields: [field] });
}
