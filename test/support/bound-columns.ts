/** A column that nothing sealed depends on: whoever overwrites it opens nothing by it. Why it is not bound. */
export interface Free {
  readonly free: string;
  /** Overwriting it cannot be put back. */
  readonly destroys?: true;
}

/**
 * What overwriting does, one of these at least and nothing else: a code; `table`, the table does not take such a row;
 * `less found`, the search does not find it.
 */
export type Expected = readonly string[] | Free;

const SEALED: Expected = ['SECTION_NOT_AUTHENTIC'];
const KEY: Expected = ['KEY_NOT_AUTHENTIC'];
const GRANT = ['NOT_ADMITTED', 'KEY_NOT_AUTHENTIC', 'table'];
const PLACE: Expected = ['table'];
const NO_SIGN_IN: Expected = ['SIGN_IN_FAILED'];
const FACT: Free = { free: 'a fact in the clear that decides about days and lists' };
const LOG: Free = { free: 'the log’s own, found by whoever verifies it (promise 9)' };
const ACCOUNT: Free = { free: 'about an account; opens nothing by itself' };
const LINK: Free = { free: 'about a link that was used, and opens nothing of a site' };
const TIME: Free = { free: 'when a session ends; its half decides', destroys: true };
const FORM: Free = { free: 'which form was sent already, and started what' };
const MEMORY: Free = { free: 'compared with the records before anybody reads (promise 5)', destroys: true };
const VAULT: Free = { free: 'which of a member’s vault keys to take: the wrap is bound to the number of the key itself' };

/** Every column of every table that holds keys, ciphertext or hashes, in both databases. A new one has to be entered here. */
export const BOUND_COLUMNS: Readonly<Record<string, Expected>> = {
  ...each('intake', PLACE, 'id arrival'),
  ...each('intake', ['NOT_FOUND', 'DESTROYED', 'less found'], 'site_id'),
  ...each('intake', SEALED, 'version wrapped_key'),
  ...each('intake', VAULT, 'vault_number'),
  ...each('intake', FACT, 'tax_year filing_year stage created_day touched_day prepared_day accepted_day done_day listed_day erased_day consents_given consents_named destroyed'),
  ...each('section', PLACE, 'intake_id class'),
  ...each('section', SEALED, 'site_id sealed'),
  ...each('preserved_section', { free: 'kept under a legal hold, and opened by nobody here', destroys: true }, 'intake_id class version site_id sealed'),
  ...each('lookup_key', PLACE, 'site_id'),
  ...each('lookup_key', SEALED, 'filing_year wrapped'),
  ...each('lookup_key', VAULT, 'vault_number'),

  ...each('member', PLACE, 'id email'),
  ...each('member', ['SIGNED_OUT', 'NOT_ADMITTED', 'KEY_NOT_AUTHENTIC', 'SIGN_IN_FAILED'], 'site_id'),
  ...each('member', ['FORBIDDEN'], 'role'),
  ...each('member', KEY, 'public_key'),
  ...each('member', NO_SIGN_IN, 'password_salt password_half wrapped_secret_key'),
  ...each('member', ACCOUNT, 'name status language invited_by created_day disabled_day approval_id earlier_id forgotten_day'),
  ...each('session', PLACE, 'token_hash id'),
  ...each('session', ['SIGNED_OUT', 'KEY_NOT_AUTHENTIC'], 'site_id half_id'),
  ...each('session', ['FORBIDDEN', 'SIGNED_OUT', 'KEY_NOT_AUTHENTIC'], 'member_id'),
  ...each('session', KEY, 'sealed_secret_key'),
  ...each('session', TIME, 'created_at seen_at expires_at idles_out'),
  ...each('vault_grant', GRANT, 'site_id member_id vault_number half_id sealed mac pin'),
  ...each('vault_grant', ACCOUNT, 'admitted_by admitted_day'),
  ...each('invitation', LINK, 'id site_id role name email token_hash invited_by expires_at used_at approval_id'),
  ...each('set_up_link', LINK, 'token_hash expires_at'),
  ...each('submission', FORM, 'site_id token_hash intake_id content_hash'),

  ...each('log_part', PLACE, 'entry_id'),
  ...each('log_part', SEALED, 'site_id context context_salt'),
  ...each('log_part', LOG, 'actor actor_salt subject subject_salt'),
  ...each('log_review', { free: 'an auditor’s note, which its entry commits to' }, 'entry_id site_id note salt'),
  ...each('log_index', LOG, 'index entry_id leaf_hash'),
  ...each('log_tile', LOG, 'level number hashes'),
  ...each('log_head', LOG, 'single size frontier'),

  ...each('bucket', PLACE, 'id'),
  ...each('bucket', ['SECTION_NOT_AUTHENTIC', 'less found', 'table'], 'site_id class day master sealed_key'),
  ...each('bucket', { free: 'that a run is emptying it: the next one goes on with it' }, 'carried'),
  ...each('bucket_ring', PLACE, 'site_id class'),
  ...each('bucket_ring', { free: 'one that is not of these buckets and this master, whole, is none: a search makes it anew from buckets that all have to open' }, 'buckets master sealed'),
  ...each('life_share', PLACE, 'intake_id class'),
  ...each('life_share', ['SECTION_NOT_AUTHENTIC', 'less found'], 'site_id bucket_id wrapped'),
  ...each('life_share', FACT, 'tax_year created_day due_day'),
  ...each('lookup', ['table', 'less found'], 'intake_id slot tag'),
  ...each('lookup', { free: 'for the run, which moves the row: a term that does not open there is left behind' }, 'version bucket_id sealed'),
  ...each('half', [...GRANT, 'SIGNED_OUT', 'SIGN_IN_FAILED'], 'id member_id kind sealed'),
  ...each('halves_key', KEY, 'id master sealed'),
  ...each('records_memory', MEMORY, 'single log_size log_frontier readers seen_at'),
  ...each('restored_records', MEMORY, 'single asked_at asked_by asked_reason difference found_at found_size known_at known_size swept_at swept_frontier swept_size'),
  ...each('halves_key', { free: 'there is one row' }, 'single'),
};

function each(table: string, expected: Expected, columns: string): Record<string, Expected> {
  return Object.fromEntries(columns.split(' ').map((column) => [`${table}.${column}`, expected]));
}
