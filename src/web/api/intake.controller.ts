import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { Requires, WhoAtSite } from '../../access/requires.js';
import type { SiteMember } from '../../access/signed-in.js';
import { READ_PURPOSES, type ReadPurpose } from '../../audit/entry-parts.js';
import { ChangeIntake } from '../../intake/change-intake.js';
import { CreateIntake } from '../../intake/create-intake.js';
import { ListIntakes } from '../../intake/list-intakes.js';
import { ReadIntake } from '../../intake/read-intake.js';
import { SearchIntakes } from '../../intake/search-intakes.js';
import { Refusal } from '../../platform/refusal.js';
import { ChangeIntakeDto, CreateIntakeDto, StageDto } from './intake.dto.js';
import { intakeId } from './intake-id.js';

/** Intakes as JSON. What is opened is revealed here and goes nowhere but into the answer. */
@ApiTags('intakes')
@ApiBearerAuth()
@Controller('api/intakes')
export class IntakeController {
  constructor(
    private readonly create: CreateIntake,
    private readonly read: ReadIntake,
    private readonly change: ChangeIntake,
    private readonly list: ListIntakes,
    private readonly search: SearchIntakes,
  ) {}

  @Post()
  @Requires('intake.create')
  @ApiOperation({ summary: 'Create an intake' })
  createOne(@WhoAtSite() who: SiteMember, @Body() body: CreateIntakeDto) {
    return this.create.run(who, body);
  }

  @Get()
  @Requires('intake.list')
  @ApiOperation({ summary: "The site's intakes, newest first; names for preparers only (a logged read)" })
  @ApiQuery({ name: 'cursor', required: false })
  async listAll(@WhoAtSite() who: SiteMember, @Query('cursor') cursor?: string) {
    const { intakes, ...rest } = await this.list.run(who, cursor);
    return { intakes: intakes.map(({ displayName, ...intake }) => ({ ...intake, ...(displayName ? { displayName: displayName.reveal() } : {}) })), ...rest };
  }

  @Post('search')
  @HttpCode(200)
  @Requires('intake.search')
  @ApiOperation({ summary: 'Has this person been here? By taxpayerId, by phone, or by lastName and dateOfBirth' })
  @ApiBody({ schema: { type: 'object', example: { phone: '2025550100' } } })
  async find(@WhoAtSite() who: SiteMember, @Body() body: unknown) {
    return { matches: await this.search.run(who, body) };
  }

  @Get(':id')
  @Requires('intake.read')
  @ApiOperation({ summary: 'Read answers (logged); credentials only when named in fields' })
  @ApiQuery({ name: 'fields', required: false, description: 'Dotted names or groups, joined by commas' })
  @ApiQuery({ name: 'purpose', required: false, enum: READ_PURPOSES })
  async readOne(
    @WhoAtSite() who: SiteMember,
    @Param('id') id: string,
    @Query('fields') fields?: string | string[],
    @Query('purpose') purpose?: string,
  ) {
    const found = await this.read.run(who, intakeId(id), fieldList(fields), purposeOf(purpose));
    const { answers, destroyed, ...rest } = found;
    return { ...rest, answers: answers.reveal(), ...(Object.keys(destroyed).length > 0 ? { destroyed } : {}) };
  }

  @Patch(':id')
  @Requires('intake.change')
  @ApiOperation({ summary: 'Change answers against a version' })
  changeOne(@WhoAtSite() who: SiteMember, @Param('id') id: string, @Body() { version, answers }: ChangeIntakeDto) {
    return this.change.run(who, intakeId(id), { version, answers });
  }

  @Post(':id/stage')
  @HttpCode(200)
  @Requires('intake.stage')
  @ApiOperation({ summary: 'Move to another stage' })
  stageOne(@WhoAtSite() who: SiteMember, @Param('id') id: string, @Body() { stage, version }: StageDto) {
    return this.change.run(who, intakeId(id), { version, stage });
  }
}

function fieldList(fields: string | string[] | undefined): readonly string[] | undefined {
  if (fields === undefined) return undefined;
  return [fields].flat().flatMap((list) => list.split(',')).map((name) => name.trim());
}

function purposeOf(purpose = 'prepare'): ReadPurpose {
  const known = READ_PURPOSES.find((one) => one === purpose);
  if (!known) throw new Refusal('INVALID_INPUT', `purpose is one of ${READ_PURPOSES.join(', ')}.`, { fields: ['purpose'] });
  return known;
}
