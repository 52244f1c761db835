import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { ClassFromTheStart } from '../../catalogue/retention-class.js';
import type { Day } from '../../platform/clock.js';
import { TRIGGERS, type ClassPolicy, type Trigger } from '../../retention/policy.js';
import { RUN_STEPS, type RunReason, type RunState, type RunStep, type RunTrigger } from '../../retention/purge-run.js';

const STATES: readonly RunState[] = ['running', 'finished', 'failed', 'waiting'];
const RUN_TRIGGERS: readonly RunTrigger[] = ['nightly', 'page', 'command'];

class RuleOfClass {
  @ApiProperty({ enum: TRIGGERS, enumName: 'Trigger' })
  readonly trigger: Trigger;

  @ApiProperty({ type: 'integer', minimum: 0 })
  readonly days: number;
}

class PolicyOfClass {
  @ApiProperty({ type: () => RuleOfClass, isArray: true, description: 'The shortest wins; the season end cuts all of them off.' })
  readonly rules: readonly RuleOfClass[];

  @ApiPropertyOptional({ type: () => RuleOfClass, isArray: true, description: 'Of consents: what holds as long as none was given.' })
  readonly whileNoneGiven?: readonly RuleOfClass[];

  @ApiPropertyOptional({ type: 'integer', description: 'Days from creation after which it goes whatever happens.' })
  readonly cap?: number;
}

class PolicyOfClasses implements Record<ClassFromTheStart, ClassPolicy> {
  @ApiProperty({ type: () => PolicyOfClass })
  readonly contact: PolicyOfClass;

  @ApiProperty({ type: () => PolicyOfClass })
  readonly identity: PolicyOfClass;

  @ApiProperty({ type: () => PolicyOfClass })
  readonly address: PolicyOfClass;

  @ApiProperty({ type: () => PolicyOfClass })
  readonly household: PolicyOfClass;

  @ApiProperty({ type: () => PolicyOfClass })
  readonly situation: PolicyOfClass;

  @ApiProperty({ type: () => PolicyOfClass })
  readonly credentials: PolicyOfClass;

  @ApiProperty({ type: () => PolicyOfClass })
  readonly documents: PolicyOfClass;

  @ApiProperty({ type: () => PolicyOfClass })
  readonly notes: PolicyOfClass;

  @ApiProperty({ type: () => PolicyOfClass })
  readonly consents: PolicyOfClass;
}

class PolicyOfLists {
  @ApiProperty({ type: 'integer', minimum: 3, maximum: 6 })
  readonly years: number;
}

class PolicyOfLog {
  @ApiProperty({ type: 'integer' })
  readonly entriesMonths: number;

  @ApiProperty({ type: 'integer' })
  readonly certificatesYears: number;
}

export class PolicyDocument {
  @ApiProperty({ type: 'integer', enum: [1] })
  readonly format: 1;

  @ApiProperty({ type: () => PolicyOfClasses })
  readonly classes: PolicyOfClasses;

  @ApiPropertyOptional({
    type: () => PolicyOfLists,
    description: 'Of compensated preparers’ lists: years after the close of the return period (IRC 6107(b)). Three where it is left out.',
  })
  readonly preparerList?: PolicyOfLists;

  @ApiProperty({ type: () => PolicyOfLog })
  readonly log: PolicyOfLog;
}

export class PublishedPolicyListed extends PolicyDocument {
  @ApiProperty({ type: 'integer', minimum: 1 })
  readonly version: number;

  @ApiProperty({ type: String, format: 'date' })
  readonly effectiveDay: Day;
}

export class PolicyInForce extends PublishedPolicyListed {
  @ApiProperty({ type: () => [PublishedPolicyListed], description: 'Published, and not in force yet.' })
  readonly announced: readonly PublishedPolicyListed[];

  @ApiProperty({ type: () => [PublishedPolicyListed], description: 'Those that were in force before.' })
  readonly past: readonly PublishedPolicyListed[];
}

export class PolicyProposed {
  @ApiProperty({ format: 'uuid', description: 'Of the request that another administrator decides.' })
  readonly approvalId: string;
}

export class RunStarted {
  @ApiProperty({ format: 'uuid', description: 'Of the run, and of its certificate.' })
  readonly id: string;
}

export class Run {
  @ApiProperty({ format: 'uuid' })
  readonly id: string;

  @ApiProperty({ enum: STATES, description: '`waiting`: the clocks are in doubt; start one with `confirmToday`.' })
  readonly state: RunState;

  @ApiProperty({ enum: RUN_STEPS })
  readonly step: RunStep;

  @ApiProperty({ type: 'integer', description: 'Of `total`, within the step.' })
  readonly done: number;

  @ApiProperty({ type: 'integer' })
  readonly total: number;

  @ApiProperty({ enum: RUN_TRIGGERS })
  readonly trigger: RunTrigger;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly startedAt: Date;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly finishedAt: Date | null;

  @ApiProperty({ type: 'object', additionalProperties: { type: 'string', format: 'date' }, description: 'What day it was at each site, by its id.' })
  readonly days: Readonly<Record<string, Day>>;

  @ApiProperty({ type: String, nullable: true, description: 'Why it waits or failed.' })
  readonly reason: RunReason | null;
}

export class RecentRuns {
  @ApiProperty({ type: () => Run, isArray: true })
  readonly runs: readonly Run[];
}
