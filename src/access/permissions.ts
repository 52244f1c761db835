import type { Role, SignedIn } from './signed-in.js';

const everyone: readonly Role[] = ['preparer', 'administrator', 'auditor'];

/**
 * Who may do what. An administrator can destroy and cannot read answers; an auditor can check and do neither.
 * The cryptography stands behind the rows for preparers: whoever gets past this table without a grant opens nothing.
 */
const ALLOWED = {
  'intake.create': ['preparer'],
  'intake.read': ['preparer'],
  'intake.change': ['preparer'],
  'intake.stage': ['preparer'],
  'intake.search': ['preparer'],
  'intake.list': ['preparer', 'administrator'],
  'erasure.ask': ['preparer', 'administrator'],
  'erasure.approve': ['administrator'],
  'erasure.read': everyone,
  'member.read': everyone,
  'member.invite': ['administrator'],
  'member.admit': ['preparer'],
  'member.disable': ['administrator'],
  'approval.read': everyone,
  'approval.decide': ['administrator'],
  'site.read': everyone,
  'site.change': ['administrator'],
  'site.list': ['administrator', 'auditor'],
  'site.open': ['administrator'],
  'policy.read': everyone,
  'policy.propose': ['administrator'],
  'retention.read': everyone,
  'retention.run': ['administrator'],
  'retention.preview': ['administrator', 'auditor'],
  'restore.read': ['administrator', 'auditor'],
  'restore.release': ['administrator'],
  'hold.read': ['administrator', 'auditor'],
  'hold.place': ['administrator'],
  'hold.release': ['administrator'],
  'audit.read': ['auditor'],
  'audit.review': ['auditor'],
  'audit.bundle': ['auditor'],
  'warning.read': ['administrator', 'auditor'],
  'own.password': everyone,
  'own.sign-out': everyone,
  'own.site': ['administrator', 'auditor'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof ALLOWED;

export const PERMISSIONS = Object.keys(ALLOWED) as readonly Permission[];

/** Those of these roles who belong to the whole organisation: to a site's own members there is no other site. */
const OF_THE_ORGANISATION: ReadonlySet<Permission> = new Set([
  ...(['policy.propose', 'site.list', 'site.open', 'restore.release', 'audit.bundle', 'own.site'] as const),
]);

export function isAllowed(who: Pick<SignedIn, 'role' | 'organisationWide'>, permission: Permission): boolean {
  const roles: readonly Role[] = ALLOWED[permission];
  return roles.includes(who.role) && (who.organisationWide || !OF_THE_ORGANISATION.has(permission));
}

/** A matter of one's own account, the same at whichever site one works. */
export function isOwnMatter(permission: Permission): boolean {
  return permission.startsWith('own.');
}
