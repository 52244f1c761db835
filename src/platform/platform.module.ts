import { Global, Module, type DynamicModule } from '@nestjs/common';
import { Clock } from './clock.js';
import { EventLog } from './event-log.js';
import { KeysDatabase } from './keys-database.js';
import { RecordsDatabase } from './records-database.js';
import { Settings } from './settings.js';

/** What a process is given at its start, whole: settings, clock, both databases, where events go. */
export interface Platform {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly records: RecordsDatabase;
  readonly keys: KeysDatabase;
  readonly events: EventLog;
}

@Global()
@Module({})
export class PlatformModule {
  static of({ settings, clock, records, keys, events }: Platform): DynamicModule {
    return {
      module: PlatformModule,
      providers: [
        { provide: Settings, useValue: settings },
        { provide: Clock, useValue: clock },
        { provide: RecordsDatabase, useValue: records },
        { provide: KeysDatabase, useValue: keys },
        { provide: EventLog, useValue: events },
      ],
      exports: [Settings, Clock, RecordsDatabase, KeysDatabase, EventLog],
    };
  }
}
