import type { Role } from '../../access/signed-in.js';
import type { LocalPath } from '../shell/local-path.js';

/** Where each role's work is. */
export const START_PAGE = { preparer: '/intakes', administrator: '/members', auditor: '/entries' } as const satisfies Readonly<Record<Role, LocalPath>>;
