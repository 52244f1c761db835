import type { LoggedPolicy } from '../../audit/logged-rules.js';
import type { Day } from '../../platform/clock.js';
import type { RecordsTx } from '../../platform/records-tx.js';
import type { Permission } from '../permissions.js';
import type { Role, SignedIn } from '../signed-in.js';
import type { Approval, ApprovalKindName } from './approval.js';

/**
 * What those who decide are told of the subject, by a name that the pages have words for. Of members and settings, never of a
 * client: of an intake its number, which is random, and its tax year.
 */
export interface ApprovalFacts {
  readonly name?: string;
  readonly email?: string;
  readonly intake?: string;
  readonly taxYear?: number;
  readonly matter?: string;
  readonly effectiveDay?: Day;
  readonly hold?: string;
  /** When a policy that was approved was taken back before its day, since a legal hold had come. */
  readonly takenBackAt?: Date;
  /** A proposed policy, whole, and the version that it was written after. */
  readonly policy?: { readonly document: LoggedPolicy; readonly after: number };
}

/**
 * One kind of act for two. Whichever folder knows the act declares the kind and registers it with `ApprovalKinds`; who may
 * approve whose request is the same for all and is not the kind's to say.
 */
export interface ApprovalKind {
  readonly name: ApprovalKindName;
  readonly ask: Permission;
  readonly approve: Permission;
  /** How long a request waits; then it lapses. */
  readonly livesForDays: number;

  /** Does what was asked, in the transaction that approves. A refusal here takes the approval back too. */
  carryOut(tx: RecordsTx, approval: Approval, approver: SignedIn): Promise<void>;

  /**
   * What follows elsewhere once the approval has committed: in the key store, which has no part in its transaction. A crash before it
   * has to be made good by whoever finds it.
   */
  settle?(approval: Approval): Promise<void>;

  /** Undoes what was prepared for an act that will not be: declined, withdrawn or lapsed. */
  drop(tx: RecordsTx, approval: Approval): Promise<void>;

  /** Auditors, and who is of one site where the request is of the organisation, see that something is asked for, and not all that it is about. */
  about(tx: RecordsTx, approval: Approval, looker: { readonly role: Role; readonly organisationWide: boolean }): Promise<ApprovalFacts>;
}
