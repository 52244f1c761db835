import type { LogFaultCode } from '../../audit/log-fault.js';
import type { VerifiedSubject } from '../../audit/verify/verified-subject.js';
import type { Day } from '../../platform/clock.js';
import type { OperatorWarningKind, WitnessFailure } from '../../platform/event-log.js';
import type { RunFailure } from '../purge-run.js';

/** `serious`: what is due may not be destroyed, or what is alive may be lost, until somebody acts. */
export type Severity = 'serious' | 'warning';

/** What is looked at, each by itself: one that cannot be answered hides none of the others. */
export const WARNING_CHECKS = ['runs', 'clock', 'disk', 'master', 'key-copy', 'restored', 'log', 'signing', 'verification', 'witnesses'] as const;
export type WarningCheck = (typeof WARNING_CHECKS)[number];

/** Where a disk is looked at. Secrets directories are counted from 1, in the order of the settings: a path is no business of a page. */
export type DiskPlace = 'data' | `secrets-${number}`;

/** Everything that operators are warned of: a closed list, with days, counts, ids and names from the settings, and nothing of what is held. */
export type OperatorWarning = { readonly severity: Severity } & (
  | { readonly kind: 'run-late'; readonly site: string; readonly lastDay: Day }
  | { readonly kind: 'run-failed'; readonly run: string; readonly reason: RunFailure }
  | { readonly kind: 'date-unconfirmed'; readonly reason: 'log-in-future' | 'long-since-last-run' }
  | { readonly kind: 'clocks-differ'; readonly database: 'records' | 'keys'; readonly seconds: number }
  | { readonly kind: 'disk-filling'; readonly place: DiskPlace; readonly freeMegabytes: number; readonly totalMegabytes: number }
  | { readonly kind: 'master-unreachable'; readonly location: number }
  | { readonly kind: 'standby-away' }
  | { readonly kind: 'key-store-uncopied' }
  | { readonly kind: 'records-restored' }
  | { readonly kind: 'log-hashes-missing'; readonly entry: number }
  /** `minutes`: how long the oldest entry has waited for a signature, once that is longer than it ever takes. */
  | { readonly kind: 'log-unsigned'; readonly fault?: LogFaultCode; readonly minutes?: number }
  /** By the newest verification: what a crash can have left as well is not counted. */
  | { readonly kind: 'not-as-written'; readonly subject: VerifiedSubject; readonly found: number }
  /** Since the last one that came to its end, or since the log began. */
  | { readonly kind: 'verification-late'; readonly subject: VerifiedSubject; readonly days: number }
  | { readonly kind: 'witness-silent'; readonly witness: string; readonly failure?: WitnessFailure }
  | { readonly kind: 'witness-contradicts'; readonly witness: string; readonly failure: WitnessFailure }
  | { readonly kind: 'not-checked'; readonly check: WarningCheck }
);

export type WarningKind = OperatorWarningKind & OperatorWarning['kind'];
