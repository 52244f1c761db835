import { pino, type Logger } from 'pino';

/** What the service may say of itself on its console: a closed list, with no text that came from outside. */
export type ServiceEvent =
  | { readonly event: 'listening'; readonly port: number }
  | { readonly event: 'stopping' }
  | { readonly event: 'run.started' | 'run.finished' | 'run.failed' | 'run.waiting'; readonly run?: string }
  | { readonly event: 'sequencer.failed' | 'signer.failed' | 'nightly.failed'; readonly fault: Fault }
  | { readonly event: 'request.failed'; readonly method: string; readonly route: string; readonly fault: Fault };

/** An error without its message, which could hold a value: what kind it was and where it came from. */
export interface Fault {
  readonly name: string;
  readonly code?: string;
  readonly at: readonly string[];
}

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
  const at = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)).slice(0, 8);
  return { name: error.name, at: at.map((line) => line.trim()), ...(typeof code === 'string' ? { code } : {}) };
}
