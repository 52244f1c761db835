import { Body, Controller, Get, Headers, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiCreatedResponse, ApiExtraModels, ApiHeader, ApiOkResponse, ApiOperation, ApiTags, getSchemaPath } from '@nestjs/swagger';
import { Requires, WhoAtSite } from '../../access/requires.js';
import type { SiteMember } from '../../access/signed-in.js';
import { ChangeIntake } from '../../intake/change-intake.js';
import { ListIntakes } from '../../intake/list-intakes.js';
import { ReadIntake } from '../../intake/read-intake.js';
import { SearchIntakes } from '../../intake/search-intakes.js';
import { StartIntakeOnce } from '../../intake/start-once.js';
import { ChangeIntakeDto, CreateIntakeDto, StageDto } from './intake.dto.js';
import { intakeId } from './intake-id.js';
import { ListQuery, ReadQuery } from './intake-query.dto.js';
import { ChangedIntake, CreatedIntake, IntakePage, IntakeRead, Matches } from './intake.responses.js';
import { SearchByName, SearchByPhone, SearchByTaxpayerId } from './intake-search.dto.js';
import { OF_BODIES, OF_MEMBERS, OF_THE_VAULT, Refuses } from './refuses.js';

const SEARCHES = [SearchByTaxpayerId, SearchByPhone, SearchByName];

const ONCE = {
  name: 'Idempotency-Key',
  required: false,
  description: 'A random UUID made for this one request: sent again with it, the request starts nothing and is answered as it was the first time. With another body it is refused.',
  schema: { type: 'string', format: 'uuid' },
} as const;

/** Intakes as JSON. What is opened is revealed here and goes nowhere but into the answer. */
@ApiTags('intakes')
@ApiBearerAuth()
@Controller('api/intakes')
export class IntakeController {
  constructor(
    private readonly start: StartIntakeOnce,
    private readonly read: ReadIntake,
    private readonly change: ChangeIntake,
    private readonly list: ListIntakes,
    private readonly search: SearchIntakes,
  ) {}

  @Post()
  @Requires('intake.create')
  @ApiOperation({ summary: 'Create an intake' })
  @ApiHeader(ONCE)
  @ApiCreatedResponse({ type: CreatedIntake })
  @Refuses(...OF_MEMBERS, ...OF_THE_VAULT, ...OF_BODIES, 'NEVER_STORED', 'NOT_COLLECTED', 'INVALID_ANSWERS')
  createOne(@WhoAtSite() who: SiteMember, @Body() body: CreateIntakeDto, @Headers('idempotency-key') key?: string): Promise<CreatedIntake> {
    return this.start.run(who, body, key);
  }

  @Get()
  @Requires('intake.list')
  @ApiOperation({ summary: "The site's intakes, newest first; names for preparers only (a logged read)" })
  @ApiOkResponse({ type: IntakePage })
  @Refuses(...OF_MEMBERS, ...OF_THE_VAULT, 'INVALID_INPUT')
  async listAll(@WhoAtSite() who: SiteMember, @Query() { cursor, next = cursor }: ListQuery): Promise<IntakePage> {
    const { intakes, ...rest } = await this.list.run(who, next);
    return { intakes: intakes.map(({ displayName, isPreserved, ...intake }) => ({ ...intake, ...(isPreserved && { preserved: true }), ...(displayName ? { displayName: displayName.reveal() } : {}) })), ...rest };
  }

  @Post('search')
  @HttpCode(200)
  @Requires('intake.search')
  @ApiOperation({ summary: 'Has this person been here? By taxpayerId, by phone, or by lastName and dateOfBirth' })
  @ApiExtraModels(...SEARCHES)
  @ApiBody({ schema: { oneOf: SEARCHES.map((search) => ({ $ref: getSchemaPath(search) })) } })
  @ApiOkResponse({ type: Matches })
  @Refuses(...OF_MEMBERS, ...OF_THE_VAULT, ...OF_BODIES, 'SECTION_NOT_AUTHENTIC')
  async find(@WhoAtSite() who: SiteMember, @Body() body: unknown): Promise<Matches> {
    return { matches: await this.search.run(who, body) };
  }

  @Get(':id')
  @Requires('intake.read')
  @ApiOperation({ summary: 'Read answers (logged); credentials only when named in fields' })
  @ApiOkResponse({ type: IntakeRead })
  @Refuses(...OF_MEMBERS, ...OF_THE_VAULT, 'NOT_FOUND', 'DESTROYED', 'PRESERVED', 'SECTION_NOT_AUTHENTIC', 'INVALID_INPUT', 'NEVER_STORED', 'UNKNOWN_FIELDS')
  async readOne(@WhoAtSite() who: SiteMember, @Param('id') id: string, @Query() { fields, purpose }: ReadQuery): Promise<IntakeRead> {
    const found = await this.read.run(who, intakeId(id), fieldList(fields), purpose ?? 'prepare');
    const { answers, destroyed, preserved, ...rest } = found;
    return { ...rest, answers: answers.reveal(), ...unlessNone({ destroyed }), ...unlessNone({ preserved }) };
  }

  @Patch(':id')
  @Requires('intake.change')
  @ApiOperation({ summary: 'Change answers against a version' })
  @ApiConsumes('application/json', 'application/merge-patch+json')
  @ApiOkResponse({ type: ChangedIntake })
  @Refuses(...OF_MEMBERS, ...OF_THE_VAULT, ...OF_BODIES, 'NOT_FOUND', 'DESTROYED', 'PRESERVED', 'SECTION_NOT_AUTHENTIC', 'VERSION_CONFLICT', 'NEVER_STORED', 'NOT_COLLECTED', 'INVALID_ANSWERS')
  changeOne(@WhoAtSite() who: SiteMember, @Param('id') id: string, @Body() { version, answers }: ChangeIntakeDto): Promise<ChangedIntake> {
    return this.change.run(who, intakeId(id), { version, answers });
  }

  @Post(':id/stage')
  @HttpCode(200)
  @Requires('intake.stage')
  @ApiOperation({ summary: 'Move to another stage' })
  @ApiOkResponse({ type: ChangedIntake })
  @Refuses(...OF_MEMBERS, ...OF_THE_VAULT, ...OF_BODIES, 'NOT_FOUND', 'DESTROYED', 'PRESERVED', 'SECTION_NOT_AUTHENTIC', 'VERSION_CONFLICT', 'STAGE_NOT_ALLOWED', 'NEVER_STORED', 'NOT_COLLECTED', 'INVALID_ANSWERS')
  stageOne(@WhoAtSite() who: SiteMember, @Param('id') id: string, @Body() { stage, version, preparerList }: StageDto): Promise<ChangedIntake> {
    return this.change.run(who, intakeId(id), { version, stage, ...(preparerList && { answers: { preparerList } }) });
  }
}

/** What is said only where there is something. */
function unlessNone<T extends Record<string, object>>(days: T): Partial<T> {
  return Object.values(days).every((one) => Object.keys(one).length === 0) ? {} : days;
}

function fieldList(fields: string | string[] | undefined): readonly string[] | undefined {
  if (fields === undefined) return undefined;
  return [fields].flat().flatMap((list) => list.split(',')).map((name) => name.trim());
}
