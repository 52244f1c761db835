import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Public } from '../../access/requires.js';
import { SetUp, type SetUpResult } from '../../access/set-up.js';
import { SetUpDto } from './access-set-up.dto.js';
import { INPUT } from './input.pipe.js';

@ApiTags('access')
@Controller('api/set-up')
export class AccessSetUpController {
  constructor(private readonly setUp: SetUp) {}

  @Post()
  @Public('before the set-up there is nobody who could sign in; the one-time link is the permission')
  run(@Body(INPUT) input: SetUpDto): Promise<SetUpResult> {
    return this.setUp.run(input);
  }
}
