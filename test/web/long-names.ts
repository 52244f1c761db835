/** The longest that the service takes, with no place to break: a page has to fit a phone with them all the same. */
export const LONG_CLIENT = 'W'.repeat(128);
export const LONG_MEMBER = 'M'.repeat(100);
export const LONG_SITE = 'S'.repeat(100);
/** 64 characters before the sign and 254 in all (RFC 5321, 4.5.3.1). */
export const LONG_EMAIL = `${'w'.repeat(64)}@${'m'.repeat(63)}.${'m'.repeat(63)}.${'m'.repeat(57)}.org`;
/** A name as somebody has it: no word of it has to be broken. */
export const MANY_WORDS = 'Bartholomew Featherstonehaugh';
