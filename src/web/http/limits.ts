/**
 * What a request may be at most. Stated here alone: the parsers, the description of the API and README follow it, and a test
 * holds README to it.
 */
export const LIMITS = {
  /** Bytes, unpacked: compressed bodies are not taken. A household of fourteen with the longest names takes about a third. */
  bodyBytes: 256 * 1024,
  /** Objects and lists within each other. Answers are four deep; whatever is much deeper is meant for the stack of whoever walks it. */
  jsonDepth: 16,
  /** Names and values in one form. The page of the household, the largest, has a third of it. */
  formFields: 500,
  /** Characters of path and query. */
  addressCharacters: 8 * 1024,
  /** Bytes of all headers together, the address included. */
  headerBytes: 16 * 1024,
} as const;

/** The limits in a sentence, for the description of the API. */
export const LIMITS_IN_WORDS =
  `A body is UTF-8, uncompressed, at most ${LIMITS.bodyBytes / 1024} KiB (413) and nested at most ${LIMITS.jsonDepth} deep (400); ` +
  `a form has at most ${LIMITS.formFields} fields (400); ` +
  `an address has at most ${LIMITS.addressCharacters / 1024} KiB (414), all headers together ${LIMITS.headerBytes / 1024} KiB (431).`;
