import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Requires } from '../../access/requires.js';
import { OperatorWarnings } from '../../retention/warnings/operator-warnings.js';
import { OF_MEMBERS, Refuses } from './refuses.js';
import { Warnings } from './warnings.responses.js';

@ApiTags('retention')
@ApiBearerAuth()
@Controller('api/retention/warnings')
export class WarningsController {
  constructor(private readonly warnings: OperatorWarnings) {}

  @Get()
  @Requires('warning.read')
  @ApiOperation({ summary: 'What operators have to see to: runs, clocks, disks, the master file, copies of the key store, restored records, the log’s signatures and its verification, witnesses' })
  @ApiOkResponse({ type: Warnings })
  @Refuses(...OF_MEMBERS)
  read(): Promise<Warnings> {
    return this.warnings.read();
  }
}
