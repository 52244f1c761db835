import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { IntakeModule } from '../intake/intake.module.js';
import { HealthController } from './api/health.controller.js';
import { IntakeController } from './api/intake.controller.js';
import { RefusalFilter } from './http/refusal.filter.js';

@Module({
  imports: [IntakeModule],
  controllers: [HealthController, IntakeController],
  providers: [{ provide: APP_FILTER, useClass: RefusalFilter }],
})
export class WebModule {}
