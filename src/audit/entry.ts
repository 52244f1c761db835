import type { Actor, Context, Subject } from './entry-parts.js';

export type { Actor, Context, ReadPurpose, Reason, Subject } from './entry-parts.js';

/** Everything that is ever logged: a closed list. A kind is never renamed, since leaves of old entries hold its name. */
export const ENTRY_KINDS = [
  'answers.read',
  'answers.written',
  'intake.created',
  'intake.searched',
  'intake.listed',
  'intake.staged',
  'intake.erased',
  'intake.restored',
  'signed-in',
  'sign-in-failed',
  'signed-out',
  'session.expired',
  'password.changed',
  'access.refused',
  'member.invited',
  'member.uninvited',
  'member.joined',
  'member.admitted',
  'member.disabled',
  'member.forgotten',
  'approval.requested',
  'approval.given',
  'approval.declined',
  'approval.withdrawn',
  'approval.expired',
  'vault.created',
  'vault.pinned',
  'organisation.created',
  'site.created',
  'site.changed',
  'site.entered',
  'policy.approved',
  'policy.withdrawn',
  'hold.placed',
  'hold.found',
  'hold.released',
  'hold.mended',
  'purge.intended',
  'inputs.corrected',
  'bucket.destroyed',
  'bucket.moved',
  'lookup.lost',
  'master.rotated',
  'purge.finished',
  'purge.failed',
  'clock.confirmed',
  'log.read',
  'log.reviewed',
  'log.origin',
  'log.key-rotated',
  'log.pruned',
  'log.tiles-filled',
  'log.verified',
  'backup.begun',
  'backup.taken',
  'restore.found',
  'restore.swept',
  'restore.asked',
  'restore.declined',
  'restore.withdrawn',
  'restore.released',
] as const;

export type EntryKind = (typeof ENTRY_KINDS)[number];

/** What shows answers of clients to a member: each says which fields, and why. */
export const READINGS = ['answers.read', 'intake.searched', 'intake.listed'] as const satisfies readonly EntryKind[];

/** What an intake's facts, and so its days of destruction, follow from: each says them whole; of one in restored records, with the days that the key store has. */
export const CHANGES_OF_FACTS = ['intake.created', 'answers.written', 'intake.staged', 'intake.erased', 'intake.restored'] as const satisfies readonly EntryKind[];

/** What a caller hands to the log. The time, the writer's epoch and counter, and the salts are the log's own. */
export interface LogEntry {
  readonly kind: EntryKind;
  readonly actor: Actor;
  readonly subject: Subject;
  readonly context: Context;
}

declare const entryIdBrand: unique symbol;

/** Order of arrival in the database. Not the place in the tree: the sequencer gives that. */
export type EntryId = number & { readonly [entryIdBrand]: true };
