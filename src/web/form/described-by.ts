/** The ids of what a screen reader reads with a control, in the order of sight; undefined if there is nothing. */
export function describedBy(id: string, parts: { readonly hint?: unknown; readonly stored?: unknown; readonly error?: unknown }): string | undefined {
  const ids = (['hint', 'stored', 'error'] as const).filter((part) => parts[part] !== undefined).map((part) => `${id}-${part}`);
  return ids.length === 0 ? undefined : ids.join(' ');
}
