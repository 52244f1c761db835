import { pino, type Logger } from 'pino';

/** What the service may say of itself on its console: a closed list, with no text that came from outside. */
export type ServiceEvent =
  | { readonly event: 'listening'; readonly port: number }
  | { readonly event: 'stopping' }
  | { readonly event: 'run.started' | 'run.finished' | 'run.failed' | 'run.waiting'; readonly run?: string }
  | { readonly event: 'database.ended' | 'database.restarted'; readonly database: 'records' | 'keys' }
  | { readonly event: 'sequencer.failed' | 'signer.failed' | 'nightly.failed' | 'sessions.failed' | 'approvals.failed' | 'rules.failed' | 'watch.failed' | 'verification.failed'; readonly fault: Fault }
  /** By the name that the settings give it; each failure once, and once that it is over. */
  | { readonly event: 'witness.failed'; readonly witness: string; readonly failure: WitnessFailure }
  | { readonly event: 'witness.answered'; readonly witness: string }
  | { readonly event: 'witnesses.failed'; readonly witness: string; readonly fault: Fault }
  /** Hashes that tiles of the log are made of are missing: once, and once that they are there again. */
  | { readonly event: 'tiles.stuck' | 'tiles.filled' }
  /** Empty: what they were warned of is over. */
  | { readonly event: 'operators.warned'; readonly kinds: readonly OperatorWarningKind[] }
  | { readonly event: 'records.restored'; readonly difference: 'log-shorter' | 'log-other' | 'run-missing' | 'readers-changed' | 'intakes-older' }
  | { readonly event: 'request.failed'; readonly method: string; readonly route: string; readonly fault: Fault };

/** Why an outside witness of the log has not cosigned a checkpoint. */
export type WitnessFailure =
  | 'UNREACHABLE'
  | 'TIMEOUT'
  | 'REDIRECTED'
  | 'ANSWER_TOO_LONG'
  | 'ANSWER_MALFORMED'
  /** 5xx, and 429: it will do so later. */
  | 'BUSY'
  /** 404: it does not know the log by its name. */
  | 'LOG_UNKNOWN'
  /** 403: it does not know the log's key. */
  | 'KEY_UNKNOWN'
  /** Any other refusal of what was sent. */
  | 'REFUSED'
  /** It names another size than a moment ago. */
  | 'SIZE_CHANGED'
  /** It has cosigned more of this log than there is. */
  | 'AHEAD'
  /** It has cosigned another history of this log. */
  | 'FORKED'
  /** What it sent holds no cosignature of the key in the settings. */
  | 'NO_COSIGNATURE'
  | 'SIGNATURE_WRONG'
  /** The moment that it signed is not now. */
  | 'TIME_WRONG';

/** What operators are warned of. */
export type OperatorWarningKind =
  | 'run-late'
  | 'run-failed'
  | 'date-unconfirmed'
  | 'clocks-differ'
  | 'disk-filling'
  | 'master-unreachable'
  | 'standby-away'
  | 'key-store-uncopied'
  | 'records-restored'
  | 'log-hashes-missing'
  | 'log-unsigned'
  | 'not-as-written'
  | 'verification-late'
  | 'witness-silent'
  | 'witness-contradicts'
  | 'not-checked';

/** An error without its message, which could hold a value: what kind it was and where it came from. */
export interface Fault {
  readonly name: string;
  readonly code?: string;
  readonly at: readonly string[];
}

const FRAME = /^\s+at .*[:(<]/;

export class EventLog {
  private readonly logger: Logger;

  constructor(now: () => Date, destination?: { write(line: string): void }) {
    const options = { base: null, timestamp: () => `,"time":"${now().toISOString()}"` };
    this.logger = destination ? pino(options, destination) : pino(options);
  }

  say(event: ServiceEvent): void {
    this.logger.info(event);
  }

  warn(event: ServiceEvent): void {
    this.logger.error(event);
  }
}

export function faultOf(error: unknown): Fault {
  if (!(error instanceof Error)) return { name: typeof error, at: [] };
  const { code } = error as { code?: unknown };
  return { name: error.name, at: framesOf(error), ...(typeof code === 'string' ? { code } : {}) };
}

/** The frames after the message, which is cut off whole: a line of it could look like a frame. */
function framesOf({ stack = '', message }: Error): readonly string[] {
  const start = message === '' ? 0 : stack.indexOf(message);
  if (start < 0) return [];
  const lines = stack.slice(start + message.length).split('\n');
  return lines.filter((line) => FRAME.test(line)).slice(0, 8).map((line) => line.trim());
}
