import { Injectable } from '@nestjs/common';
import type { ApprovalKindName } from './approval.js';
import type { ApprovalKind } from './approval-kind.js';

/** The kinds that the modules of this process have brought along. */
@Injectable()
export class ApprovalKinds {
  private readonly byName = new Map<ApprovalKindName, ApprovalKind>();

  /** Once, when the process starts: from the constructor of the provider that is the kind. */
  register(kind: ApprovalKind): void {
    if (this.byName.has(kind.name)) throw new Error(`the kind of approval ${kind.name} is declared twice`);
    this.byName.set(kind.name, kind);
  }

  of(name: ApprovalKindName): ApprovalKind {
    const kind = this.byName.get(name);
    if (!kind) throw new Error(`no module of this process knows approvals of the kind ${name}`);
    return kind;
  }
}
