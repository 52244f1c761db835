import { Body, Controller, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '../../access/requires.js';
import { SetUp, type SetUpResult } from '../../access/set-up.js';
import { SetUpDto } from './access-set-up.dto.js';

@ApiTags('access')
@Controller('api/set-up')
export class AccessSetUpController {
  constructor(private readonly setUp: SetUp) {}

  @Post()
  @Public('before the set-up there is nobody who could sign in; the one-time link is the permission')
  @ApiOperation({ summary: 'Set the service up, with the one-time link that it printed' })
  run(@Body() input: SetUpDto): Promise<SetUpResult> {
    return this.setUp.run(input);
  }
}
