import { Body, Controller, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '../../access/requires.js';
import { SetUp } from '../../access/set-up.js';
import { SetUpDto } from './access-set-up.dto.js';
import { SetUpDone } from './access-set-up.responses.js';
import { OF_BODIES, Refuses } from './refuses.js';

@ApiTags('access')
@Controller('api/set-up')
export class AccessSetUpController {
  constructor(private readonly setUp: SetUp) {}

  @Post()
  @Public('before the set-up there is nobody who could sign in; the one-time link is the permission')
  @ApiOperation({ summary: 'Set the service up, with the one-time link that it printed' })
  @ApiCreatedResponse({ type: SetUpDone })
  @Refuses('CROSS_SITE_REQUEST', 'LINK_NOT_VALID', ...OF_BODIES)
  run(@Body() input: SetUpDto): Promise<SetUpDone> {
    return this.setUp.run(input);
  }
}
