import type { RunningService } from './start-service.js';

/** Ctrl-C and a supervisor's TERM stop the service cleanly: requests first, then the databases. */
export function stopOnSignals(service: Pick<RunningService, 'stop'>): void {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      service.stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
}
