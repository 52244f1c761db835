import { Refusal } from '../platform/refusal.js';

/** Two links of one address were used at once: the database lets one of them through. */
export async function refuseTakenEmail<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (constraintOf(error) === 'member_email_once') throw new Refusal('LINK_NOT_VALID', 'There is a member with this e-mail address.');
    throw error;
  }
}

function constraintOf(error: unknown): unknown {
  return error instanceof Error ? (error as { constraint?: unknown }).constraint : undefined;
}
