/**
 * The numbers of people and accounts, as pure functions from what was typed to the one way each is kept.
 * Each answers `undefined` to what is not such a number, and never throws.
 */

export interface TaxpayerId {
  /** `NNN-NN-NNNN` */
  readonly canonical: string;
  /** Group 00: a number that was never given to anyone and is used to try things out. */
  readonly neverIssued: boolean;
}

/** Spaces, dashes of any kind and dots, as people put between the parts of a number, and invisible marks that pasting brings. */
const SEPARATORS = /[\s.\p{Pd}\p{Cf}\u2212]/gu;

/** NFKC turns full-width digits, as some phones type them, into plain ones. */
function withoutSeparators(typed: string): string {
  return typed.normalize('NFKC').replace(SEPARATORS, '');
}

function digitsOnly(typed: string, length: number): string | undefined {
  if (typed.length > 64) return undefined;
  const digits = withoutSeparators(typed);
  return digits.length === length && /^[0-9]+$/.test(digits) ? digits : undefined;
}

/**
 * A Social Security number: area not 000, 666 or 9xx, group not 00, serial not 0000 (SSA POMS RM 10201.035).
 * @param digits nine digits
 */
export function isSocialSecurityNumber(digits: string): boolean {
  return /^(?!000|666|9)\d{3}(?!00)\d{2}(?!0000)\d{4}$/.test(digits);
}

/** An individual taxpayer identification number: 9xx with the groups 50–65, 70–88, 90–92, 94–99 (Pub. 4757). */
export function isIndividualTaxpayerNumber(digits: string): boolean {
  return /^9\d{2}(?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])\d{4}$/.test(digits);
}

/** An adoption taxpayer identification number: 9xx-93-xxxx (IRM 3.13.40). */
export function isAdoptionTaxpayerNumber(digits: string): boolean {
  return /^9\d{2}93\d{4}$/.test(digits);
}

/** Group 00 in an otherwise possible number: nobody has it, so samples and tests use it. */
export function isNeverIssuedNumber(digits: string): boolean {
  return /^(?!000|666)\d{3}00(?!0000)\d{4}$/.test(digits);
}

/**
 * Reads an SSN, ITIN or ATIN however it was typed. Which of the three it is, is not told: the kind of a number says
 * who came with which papers, and nothing here needs it.
 */
export function readTaxpayerId(typed: string): TaxpayerId | undefined {
  const digits = digitsOnly(typed, 9);
  if (digits === undefined) return undefined;
  const neverIssued = isNeverIssuedNumber(digits);
  const possible =
    neverIssued || isSocialSecurityNumber(digits) || isIndividualTaxpayerNumber(digits) || isAdoptionTaxpayerNumber(digits);
  return possible ? { canonical: `${digits.slice(0, 3)}-${digits.slice(3, 5)}-${digits.slice(5)}`, neverIssued } : undefined;
}

/** Nine digits however they were typed: whether the count is right, whatever the number. */
export function hasNineDigits(typed: string): boolean {
  return digitsOnly(typed, 9) !== undefined;
}

/** An identity protection PIN: six digits, not 000000 (Pub. 5477). */
export function readIdentityProtectionPin(typed: string): string | undefined {
  const digits = digitsOnly(typed, 6);
  return digits === '000000' ? undefined : digits;
}

/**
 * A bank's routing number: nine digits, first two 01–12 or 21–32 (what the IRS takes for direct deposit),
 * and the ABA check: 3(d1+d4+d7) + 7(d2+d5+d8) + (d3+d6+d9) divides by ten.
 */
export function readRoutingNumber(typed: string): string | undefined {
  const digits = digitsOnly(typed, 9);
  if (digits === undefined || !/^(?:0[1-9]|1[0-2]|2[1-9]|3[0-2])/.test(digits)) return undefined;
  const weights = [3, 7, 1, 3, 7, 1, 3, 7, 1];
  const sum = weights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0);
  return sum % 10 === 0 ? digits : undefined;
}

/** An account number: 5 to 17 letters and digits, not all zeros and at least one digit: a word is no number. Letters stay as they were typed. */
export function readAccountNumber(typed: string): string | undefined {
  if (typed.length > 64) return undefined;
  const account = withoutSeparators(typed);
  return /^(?!0+$)(?=.*[0-9])[A-Za-z0-9]{5,17}$/.test(account) ? account : undefined;
}

/** A ZIP code, five digits or nine: `NNNNN` or `NNNNN-NNNN`. */
export function readZip(typed: string): string | undefined {
  const nine = digitsOnly(typed, 9);
  return digitsOnly(typed, 5) ?? (nine === undefined ? undefined : `${nine.slice(0, 5)}-${nine.slice(5)}`);
}

/** A telephone number of the North American plan: ten digits out, with or without a leading 1 in. */
export function readPhone(typed: string): string | undefined {
  if (typed.length > 64) return undefined;
  const digits = withoutSeparators(typed).replace(/[()/+]/g, '');
  return /^1?([2-9][0-9]{9})$/.exec(digits)?.[1];
}
