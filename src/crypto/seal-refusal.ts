/**
 * Why sealed bytes were not opened. Whoever holds the bytes chose them, so nothing of them goes into the message.
 * - FORMAT_UNKNOWN: not this format or not this version of it
 * - LENGTH_WRONG: cut or padded
 * - CONTEXT_WRONG: sealed for another site, intake, class, catalogue or version
 * - COMMITMENT_WRONG: the key is not the one it was sealed with
 * - NOT_AUTHENTIC: changed bytes, or another place than the one it was wrapped for
 * - DIGEST_WRONG: not the section that the access log says was written last
 */
export type SealRefusalCode =
  | 'FORMAT_UNKNOWN'
  | 'LENGTH_WRONG'
  | 'CONTEXT_WRONG'
  | 'COMMITMENT_WRONG'
  | 'NOT_AUTHENTIC'
  | 'DIGEST_WRONG';

export class SealRefusal extends Error {
  override readonly name = 'SealRefusal';

  constructor(readonly code: SealRefusalCode) {
    super(`refused to open sealed bytes: ${code}`);
  }
}
