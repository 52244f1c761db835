import { DatabaseError } from '../platform/database-error.js';
import { Refusal } from '../platform/refusal.js';

/** Two sites of one name could not be told apart, on the policy that clients read or in the list of them. */
export async function refuseTakenSiteName<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.constraint !== 'site_name_once') throw error;
    throw new Refusal('INVALID_INPUT', 'There is a site of this name.', { fields: ['name'] });
  }
}
