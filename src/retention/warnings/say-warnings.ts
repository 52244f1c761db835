import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { EventLog } from '../../platform/event-log.js';
import { OperatorWarnings } from './operator-warnings.js';

const LOOK_EVERY_MS = 5 * 60_000;

/** Says on the service's console what operators have to see to: once, when it begins, changes or is over. */
@Injectable()
export class SayWarnings implements OnApplicationBootstrap, OnApplicationShutdown {
  #timer: NodeJS.Timeout | undefined;
  #said = '';

  constructor(
    private readonly warnings: OperatorWarnings,
    private readonly events: EventLog,
  ) {}

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => void this.look(), LOOK_EVERY_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.#timer);
  }

  /** By kind and weight alone: free space and seconds differ at every look. */
  async look(): Promise<void> {
    const { warnings } = await this.warnings.read();
    const kinds = [...new Set(warnings.map(({ kind }) => kind))].sort();
    const serious = warnings.some(({ severity }) => severity === 'serious');
    const saying = JSON.stringify({ kinds, serious });
    if (saying === this.#said || (this.#said === '' && kinds.length === 0)) return;
    this.#said = saying;
    this.events[serious ? 'warn' : 'say']({ event: 'operators.warned', kinds });
  }
}
