/** ASVS 5.0, 7.3: a session ends after so long without a request, and after so long in any case. */
export const SESSION_IDLE_MS = 15 * 60_000;
export const SESSION_ABSOLUTE_MS = 12 * 3_600_000;
