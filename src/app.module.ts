import { Module, type DynamicModule } from '@nestjs/common';
import { AccessModule } from './access/access.module.js';
import { AuditModule } from './audit/audit.module.js';
import { IntakeModule } from './intake/intake.module.js';
import { PlatformModule, type Platform } from './platform/platform.module.js';
import { DecisionsModule } from './retention/decisions.module.js';
import { RetentionModule } from './retention/retention.module.js';
import { VaultModule } from './vault/vault.module.js';
import { WebModule } from './web/web.module.js';

/** The whole application, for the web process and for the commands alike. */
@Module({})
export class AppModule {
  static on(platform: Platform): DynamicModule {
    return {
      module: AppModule,
      imports: [PlatformModule.of(platform), AuditModule, VaultModule, AccessModule, RetentionModule, DecisionsModule, IntakeModule, WebModule],
    };
  }
}
