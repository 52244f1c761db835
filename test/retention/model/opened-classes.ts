import { ASKED, CLASSES, type AskedClass } from './oracle.js';

/** The classes of which the answers show something. */
export function opened(answers: Record<string, unknown>): readonly AskedClass[] {
  return CLASSES.filter((cls) => {
    const [group, field] = ASKED[cls].split('.') as [string, string];
    const inside = answers[group];
    const first = (Array.isArray(inside) ? inside[0] : inside) as Record<string, unknown> | undefined;
    return first?.[field] !== undefined;
  });
}

