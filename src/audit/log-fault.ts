export type LogFaultCode =
  /** The database holds fewer entries than were signed. */
  | 'LOG_ROLLED_BACK'
  /** It holds other entries than were signed, or its head does not follow from them. */
  | 'LOG_FORKED'
  /** An entry is not what its leaf says, or is gone. */
  | 'LOG_ENTRY_CHANGED'
  /** The stored tiles of the tree do not lead to it. */
  | 'LOG_TILE_CHANGED'
  /** What was signed last, or the key it was signed with, is not in the secrets directory or is not of this log. */
  | 'LOG_STATE_MISSING'
  /** Two writers of the head. */
  | 'LOG_HEAD_MOVED';

/** The log is not what it must be. Never repaired by itself: a person has to look. The message holds indexes and ids only. */
export class LogFault extends Error {
  override readonly name = 'LogFault';

  constructor(
    readonly code: LogFaultCode,
    message: string,
  ) {
    super(message);
  }
}
