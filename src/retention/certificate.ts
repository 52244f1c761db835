import { canonicalJson } from '../audit/canonical-json.js';
import { openNote } from '../audit/signed-note.js';
import type { VerifierKey } from '../audit/verifier-key.js';
import type { RetentionClass } from '../catalogue/retention-class.js';
import type { Day } from '../platform/clock.js';
import type { StoreCounts } from './purge-run.js';

/** Says what the document is. A checkpoint is no JSON, so neither can pass for the other under the log's one key. */
const KIND = 'destruction-certificate';
const VERSION = 2;

/** One destroyed bucket: a site's answers of one class that were due on one day. */
export interface CertifiedBucket {
  readonly id: string;
  readonly site: string;
  readonly class: RetentionClass;
  readonly day: Day;
  /** Life shares that died with it: one per intake. */
  readonly shares: number;
  /** How many of them were due on which day: the bucket's own, or the day that they had come to since they were put in. */
  readonly due: Readonly<Record<string, number>>;
  /** Those of them that are not in `due`: the log has never heard of their intakes, or preparer's lists, whose creation was cut short or came after the backup that the records came back from. */
  readonly unlogged: number;
  /** Shares that were carried over from it into a bucket of a later day, or under a new key. */
  readonly moved: number;
}

/** What a run destroyed and found gone (docs/formats.md, "Destruction certificate"). No names, no intake ids. */
export interface Certificate {
  readonly kind: typeof KIND;
  readonly v: typeof VERSION;
  readonly run: string;
  /** The newest that was in force at any site of which something was destroyed; where nothing was, that of the earliest day. */
  readonly policyVersion: number;
  /** Of the policy's document (`policyDigest`), and its first day. */
  readonly policyDigest: string;
  readonly policyEffectiveDay: Day;
  /** Today at each site, as the run took it. */
  readonly days: Readonly<Record<string, Day>>;
  /** Of this run, and of earlier ones that crashed before their own certificate. */
  readonly buckets: readonly CertifiedBucket[];
  /** All that was carried over. */
  readonly moved: number;
  /** Before the run, and after the destruction: sealed sections that nothing opens any more are swept after this. */
  readonly counts: { readonly before: StoreCounts; readonly after: StoreCounts };
  readonly holdsInForce: number;
  /** Shares past their day that holds kept. */
  readonly heldShares: number;
  /** Intakes whose days were not as the log has them, and were put right before anything was destroyed. */
  readonly corrected: number;
  /** A new connection looked for every bucket above, after the old master had been overwritten, and found none. */
  readonly keyStoreReread: true;
  readonly master: number;
  /** Where the log says so: its origin, and the indexes of the intention and of the result. */
  readonly log: { readonly origin: string; readonly intended: number; readonly finished: number };
  /** UTC, whole seconds. */
  readonly at: string;
}

/** The bytes that are kept, and with a newline at their end signed: canonical JSON. */
export function certificateBody(certificate: Omit<Certificate, 'kind' | 'v'>): string {
  return canonicalJson({ kind: KIND, v: VERSION, ...certificate });
}

/**
 * Opens a certificate that this log must have signed. All of it may come from an attacker.
 * @returns undefined when the signature is not the log's, or it is something else that the log signed
 */
export function openCertificate(note: string, key: VerifierKey): Certificate | undefined {
  const text = openNote(note, key);
  if (!text?.startsWith('{')) return undefined;
  const document = JSON.parse(text) as Certificate; // the log's own key signs JSON of ours only
  const isOne = document.kind === KIND && document.v === VERSION && (document.keyStoreReread as unknown) === true;
  return isOne && `${canonicalJson(document)}\n` === text ? document : undefined;
}
