import type { WitnessStanding } from '../../audit/witness/witness-standings.js';
import type { WitnessFailure } from '../../platform/event-log.js';
import type { OperatorWarning } from './operator-warning.js';

const SILENT_AFTER_MS = 24 * 3_600_000;

/** It says that there was another history of this log, or more of it. */
const CONTRADICTIONS: ReadonlySet<WitnessFailure> = new Set(['FORKED', 'AHEAD']);

/** Witnesses in the settings that have cosigned nothing for a day, for whatever reason, and at once those that contradict the log. */
export function witnessWarnings(standings: readonly WitnessStanding[], now: Date): readonly OperatorWarning[] {
  return standings.flatMap(({ name: witness, url, since, cosigned, failure }): readonly OperatorWarning[] => {
    if (url === undefined) return [];
    if (failure && CONTRADICTIONS.has(failure.code)) return [{ kind: 'witness-contradicts', severity: 'serious', witness, failure: failure.code }];
    const last = cosigned?.receivedAt ?? since;
    if (!last || now.getTime() - last.getTime() <= SILENT_AFTER_MS) return [];
    return [{ kind: 'witness-silent', severity: 'warning', witness, ...(failure ? { failure: failure.code } : {}) }];
  });
}
