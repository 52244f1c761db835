import { STATUS, type RefusalCode } from '../platform/refusal.js';
import {
  calendarDay,
  digests,
  eachOf,
  ed25519Signature,
  fieldName,
  findingName,
  listOf,
  logOrigin,
  logVerifierKey,
  oneOf,
  permissionName,
  retentionClass,
  sha256Hex,
  shapeOf,
  stageName,
  uuid,
  wholeNumber,
  type Check,
} from './entry-values.js';
import { loggedFacts } from './intake-facts.js';
import { loggedPolicy, loggedSiteRules } from './logged-rules.js';

/** What a preparer says a reading is for. */
export const READ_PURPOSES = ['prepare', 'review', 'amend', 'print', 'client', 'legal'] as const;
export type ReadPurpose = (typeof READ_PURPOSES)[number];

/** Why something was read: as a preparer said, or by what they did. */
export const PURPOSES = [...READ_PURPOSES, 'list', 'search'] as const;

/** Why something was refused, ended or failed, where no refusal code says it. */
export const REASONS = [
  'unknown-account', 'wrong-password', 'wrong-code', 'disabled', 'not-admitted', 'too-many-attempts',
  'idle', 'too-old', 'password-changed', 'left',
  'first-start', 'restored', 'date-confirmed',
  'sentinel-missing', 'master-unreachable', 'not-destroyed', 'process-ended', 'inputs-changed', 'key-store-failed', 'records-failed',
  'log-shorter', 'log-other', 'run-missing', 'readers-changed', 'intakes-older',
] as const;
export type Reason = (typeof REASONS)[number] | RefusalCode;

const role = oneOf(['preparer', 'administrator', 'auditor']);

/** What came of looking at something in the log. After `follow-up` it stays open. */
export const REVIEW_OUTCOMES = ['fine', 'explained', 'follow-up', 'incident'] as const;
export type ReviewOutcome = (typeof REVIEW_OUTCOMES)[number];

/** A bundle of 256 entries in which parts were pruned, by its number, and the digests of what its entries without parts are filed under: docs/formats.md. */
export interface PrunedBundle {
  readonly number: number;
  /** Where there were some before. */
  readonly before?: string;
  readonly after: string;
  /** How many were not filed, or did not say what they are about, as their leaves do: somebody had changed them. */
  readonly changed?: number;
}

export const prunedBundles = listOf(shapeOf<PrunedBundle>({ number: wholeNumber, after: sha256Hex }, { before: sha256Hex, changed: wholeNumber }));

/** Of a verification: SHA-256, in hex, of the list of what it found at a site, or of what is of no site: docs/formats.md. Neither a kind nor a place stands in the log. */
export interface FindingsDigest {
  readonly site?: string;
  readonly digest: string;
}

const findingsDigests = listOf(shapeOf<FindingsDigest>({ digest: sha256Hex }, { site: uuid }));

/** Who did it: a member, or the part of the system that did it with nobody signed in. */
export const ACTOR = {
  member: uuid,
  role,
  system: oneOf(['visitor', 'set-up', 'session', 'run', 'command', 'signer', 'sequencer', 'approvals', 'restore', 'holds']),
};

/** To what. An intake's id is random: after its purge it points at nobody. Field names for readings only, never for writes. */
export const SUBJECT = {
  site: uuid,
  intake: uuid,
  intakes: listOf(uuid),
  classes: listOf(retentionClass),
  fields: listOf(fieldName),
  member: uuid,
  role,
  invitation: uuid,
  bucket: uuid,
};

/** What else an auditor needs, in ids, days, numbers and words from closed lists. */
export const CONTEXT = {
  purpose: oneOf(PURPOSES),
  ticket: uuid,
  /** Of the intake, the policy or whatever the entry is about. */
  version: wholeNumber,
  stage: stageName,
  /** Of an intake, after what the entry is about. */
  facts: loggedFacts,
  /** Of an intake in restored records: the day of destruction of each class of which the key store knew another than the log. */
  lives: eachOf(retentionClass, calendarDay),
  /** Of each section written: opening compares them. */
  digests,
  /** Of a save: classes of which the version that it replaced is kept, since a legal hold covers them. */
  preserved: listOf(retentionClass),
  /** Of a published document. */
  digest: sha256Hex,
  /** The document itself, so that what was due can be worked out from the log alone. */
  policy: loggedPolicy,
  /** Of a site: what its days follow from. */
  rules: loggedSiteRules,
  reason: oneOf<Reason>([...REASONS, ...(Object.keys(STATUS) as RefusalCode[])]),
  permission: permissionName,
  approval: uuid,
  /** What an approval is of: its kind. Its reason is free text and stays out of the log. */
  act: permissionName,
  settings: listOf(fieldName),
  vault: wholeNumber,
  run: uuid,
  trigger: oneOf(['nightly', 'page', 'command']),
  master: wholeNumber,
  day: calendarDay,
  /** Of the log's pruning: before which day what certificates rest on was written, where `day` is of all else. */
  certificatesDay: calendarDay,
  /** And what those without parts of a bundle are filed under, before it and after. */
  bundles: prunedBundles,
  /** How many were due on which day. */
  due: eachOf(calendarDay, wholeNumber),
  /** Today at each site, as the run took it. */
  days: eachOf(uuid, calendarDay),
  counts: eachOf(fieldName, wholeNumber),
  /** Of a verification, what it found, as far as that is kept. */
  findings: findingsDigests,
  origin: logOrigin,
  previousOrigin: logOrigin,
  size: wholeNumber,
  /** The log's next key, the one before, and what each of them, the one before first, signed about that: see key-rotation.ts. */
  vkey: logVerifierKey,
  previousVkey: logVerifierKey,
  signatures: listOf(ed25519Signature),
  /** Of a change of keys that a restored log has lost: the root of its checkpoint (`size`), and what both signed over that. */
  root: sha256Hex,
  handOver: listOf(ed25519Signature),
  /** A legal hold, and what else it names beside the subject: nothing named is everything. */
  hold: uuid,
  taxYear: wholeNumber,
  from: calendarDay,
  to: calendarDay,
  /** What an auditor has looked at: something that stands out, or entries by number. */
  finding: findingName,
  entries: listOf(wholeNumber),
  /** The newest entry that it rested on then. */
  last: wholeNumber,
  outcome: oneOf(REVIEW_OUTCOMES),
  /** SHA-256 of a salt and what they wrote, which is not in the log. */
  note: sha256Hex,
  /** Of which a copy was made. */
  store: oneOf(['records', 'keys']),
};

export type Actor = PartOf<typeof ACTOR>;
export type Subject = PartOf<typeof SUBJECT>;
export type Context = PartOf<typeof CONTEXT>;

export type PartShape = Readonly<Record<string, Check<unknown>>>;
type PartOf<S> = { readonly [K in keyof S]?: S[K] extends Check<infer T> ? T : never };
