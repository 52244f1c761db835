import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '../../access/requires.js';
import { RecordsDatabase } from '../../platform/records-database.js';
import { Refusal } from '../../platform/refusal.js';
import { KeyStore } from '../../vault/key-store.js';
import { Alive, Ready } from './health.responses.js';
import { RestoredMode } from '../../vault/restored/restored-mode.js';
import { Refuses } from './refuses.js';

/** For whatever watches the service. Says up or not, and nothing of what is held. */
@ApiTags('health')
@Controller()
export class HealthController {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly keyStore: KeyStore,
    private readonly restored: RestoredMode,
  ) {}

  @Get('healthz')
  @Public('tells only that the process answers')
  @ApiOperation({ summary: 'Whether the process answers' })
  @ApiOkResponse({ type: Alive })
  @Refuses()
  alive(): Alive {
    return { status: 'ok' };
  }

  /** @throws Refusal NOT_READY, RESTORED */
  @Get('readyz')
  @Public('tells only whether both databases answer and belong together')
  @ApiOperation({ summary: 'Whether both databases answer, and the records are not restored ones that wait for their release' })
  @ApiOkResponse({ type: Ready })
  @Refuses('NOT_READY', 'RESTORED')
  async ready(): Promise<Ready> {
    try {
      await Promise.all([this.records.query('SELECT 1'), this.keyStore.transaction(async () => undefined)]);
    } catch {
      throw new Refusal('NOT_READY', 'A database does not answer.');
    }
    await this.restored.refuse();
    return { status: 'ready' };
  }
}
