import type { EntryKind } from '../entry.js';
import type { ListedEntry } from '../list-entries.js';

/** The schema whose names these are: schema.ocsf.io/1.3.0/classes/datastore_activity. */
const SCHEMA = '1.3.0';
const APPLICATION = 6;
const DATASTORE_ACTIVITY = 6005;
const INFORMATIONAL = 1;
const LOW = 2;
const OTHER = 99;
const SUCCESS = 1;
const FAILURE = 2;
const DATABASE = 1;

/**
 * `activity_id` of the class. What was sealed is decrypted to be shown, the names on a list too, which makes it more than an overview of records; a search
 * gives out which intakes match, and no answers. What touches none is another activity, named by its kind.
 */
const ACTIVITIES: Readonly<Partial<Record<EntryKind, readonly [id: number, name: string]>>> = {
  'answers.read': [10, 'Decrypt'],
  'intake.listed': [10, 'Decrypt'],
  'intake.searched': [4, 'Query'],
  'answers.written': [2, 'Update'],
  'intake.staged': [2, 'Update'],
  'intake.created': [6, 'Create'],
  'intake.erased': [7, 'Delete'],
  'bucket.destroyed': [7, 'Delete'],
  'log.read': [1, 'Read'],
};

const FAILURES: ReadonlySet<EntryKind> = new Set(['sign-in-failed', 'access.refused', 'purge.failed']);

/**
 * An entry as an event of OCSF. There are no addresses of visitors to tell, so its source is the site. What is not as it was written is
 * left out, and named.
 */
export function entryOcsf({ id, kind, at, site, parts, place, damaged }: ListedEntry): object {
  const [activity, name] = (Object.hasOwn(ACTIVITIES, kind) ? ACTIVITIES[kind] : undefined) ?? [OTHER, kind];
  const { actor = {}, subject = site === undefined ? {} : { site }, context = {} } = parts ?? {};
  const failed = FAILURES.has(kind);
  return {
    activity_id: activity,
    activity_name: name,
    category_uid: APPLICATION,
    category_name: 'Application Activity',
    class_uid: DATASTORE_ACTIVITY,
    class_name: 'Datastore Activity',
    type_uid: DATASTORE_ACTIVITY * 100 + activity,
    type_name: `Datastore Activity: ${activity === OTHER ? 'Other' : name}`,
    time: at.getTime(),
    severity_id: failed ? LOW : INFORMATIONAL,
    status_id: failed ? FAILURE : SUCCESS,
    metadata: {
      version: SCHEMA,
      product: { name: 'Thinfile', vendor_name: 'Thinfile' },
      log_name: 'access log',
      uid: String(id),
      event_code: kind,
      ...(place.state === 'pending' ? {} : { sequence: place.index }),
    },
    actor: actor.member === undefined ? { app_name: actor.system ?? (parts ? 'damaged' : 'pruned') } : { user: { uid: actor.member, ...(actor.role ? { type: actor.role, type_id: OTHER } : {}) } },
    src_endpoint: subject.site === undefined ? { name: 'organization' } : { name: 'site', uid: subject.site },
    type_id: DATABASE,
    type: 'Database',
    database: { name: 'records', type_id: 1, type: 'Relational' },
    unmapped: { subject, context, state: place.state, ...(damaged ? { damaged } : {}) },
  };
}

export function entryOcsfLine(entry: ListedEntry): string {
  return `${JSON.stringify(entryOcsf(entry))}\n`;
}
