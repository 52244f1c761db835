/**
 * Every way in which a request is refused, from a closed list, each with its HTTP status. Chosen once, here.
 * A message names fields and never a value.
 */
export const STATUS = {
  BAD_REQUEST: 400,
  SIGNED_OUT: 401,
  SIGN_IN_FAILED: 401,
  CODE_REQUIRED: 401,
  FORBIDDEN: 403,
  CROSS_SITE_REQUEST: 403,
  NOT_ADMITTED: 403,
  APPROVER_NOT_INDEPENDENT: 403,
  NOT_FOUND: 404,
  LINK_NOT_VALID: 404,
  METHOD_NOT_ALLOWED: 405,
  VERSION_CONFLICT: 409,
  STAGE_NOT_ALLOWED: 409,
  SITE_CHANGED: 409,
  RUN_IN_PROGRESS: 409,
  RETENTION_LOCKED: 409,
  LAST_KEY_HOLDER: 409,
  ALREADY_DONE: 409,
  APPROVAL_CLOSED: 409,
  NOT_APPROVED_YET: 409,
  RESTORE_NOT_CHECKED: 409,
  DESTROYED: 410,
  TOO_LARGE: 413,
  ADDRESS_TOO_LONG: 414,
  UNSUPPORTED_MEDIA_TYPE: 415,
  NEVER_STORED: 422,
  NOT_COLLECTED: 422,
  INVALID_ANSWERS: 422,
  INVALID_INPUT: 422,
  UNKNOWN_FIELDS: 422,
  PRESERVED: 423,
  TOO_MANY_ATTEMPTS: 429,
  INTERNAL: 500,
  SECTION_NOT_AUTHENTIC: 500,
  KEY_NOT_AUTHENTIC: 500,
  LOG_ROLLED_BACK: 500,
  LOG_CHANGED: 500,
  LOG_STALLED: 503,
  NOT_READY: 503,
  RESTORED: 503,
} as const satisfies Record<string, number>;

export type RefusalCode = keyof typeof STATUS;

/** What goes to the client beside code and message. Names, days and numbers of our own; never an answer. */
export interface RefusalDetails {
  readonly fields?: readonly string[];
  readonly [name: string]: unknown;
}

export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly code: RefusalCode,
    message: string,
    readonly details: RefusalDetails = {},
  ) {
    super(message);
  }

  get status(): number {
    return STATUS[this.code];
  }
}
