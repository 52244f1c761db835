/**
 * A retention class is a group of answers that live and die together: one sealed section and one life share each.
 * The order is fixed: sections, shares and log entries name classes by their place in it, so a new class goes last.
 */
export const RETENTION_CLASSES = [
  'contact',
  'identity',
  'address',
  'household',
  'situation',
  'credentials',
  'documents',
  'notes',
  'consents',
  'preparer_list',
] as const;

export type RetentionClass = (typeof RETENTION_CLASSES)[number];

/**
 * What a compensated preparer has to keep of each return for three years (IRC 6107(b)). It begins with the return and not with the
 * intake, at sites of compensated preparers alone: everywhere else there is no row, no share and no bucket of it.
 */
export const PREPARER_LIST = 'preparer_list' satisfies RetentionClass;

export type ClassFromTheStart = Exclude<RetentionClass, typeof PREPARER_LIST>;

/** What every intake has from its creation on, whatever was answered. */
export const CLASSES_FROM_THE_START: readonly ClassFromTheStart[] = RETENTION_CLASSES.filter((name) => name !== PREPARER_LIST);

/** What a read brings when it names nothing: what a preparer works from, and no number that opens an account. */
export const CLASSES_READ_BY_DEFAULT: readonly RetentionClass[] = ['contact', 'identity', 'address', 'household', 'situation'];

/** Classes that a site has to switch on before anything of them is taken. */
export const CLASSES_OFF_BY_DEFAULT = ['credentials', 'documents', 'notes'] as const satisfies readonly RetentionClass[];

export type CollectedClasses = Readonly<Record<(typeof CLASSES_OFF_BY_DEFAULT)[number], boolean>>;

export function isRetentionClass(text: string): text is RetentionClass {
  return (RETENTION_CLASSES as readonly string[]).includes(text);
}
