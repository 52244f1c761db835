import { day, type Day } from '../platform/clock.js';
import { Refusal } from '../platform/refusal.js';

/** The last intake of a page whose order goes by a day, and on one day by arrival. */
export interface DayCursor {
  readonly day: Day;
  readonly arrival: number;
}

export function cursorOf({ day: on, arrival }: DayCursor): string {
  return `${on}.${arrival}`;
}

/** @throws Refusal INVALID_INPUT for a cursor that is not one */
export function dayCursor(cursor: string | undefined): DayCursor | undefined {
  if (cursor === undefined) return undefined;
  const [, name, arrival] = /^(\d{4}-\d{2}-\d{2})\.(\d{1,15})$/.exec(cursor) ?? [];
  try {
    return { day: day(name ?? ''), arrival: Number(arrival) };
  } catch {
    throw new Refusal('INVALID_INPUT', 'This is not a page of the list.', { fields: ['cursor'] });
  }
}
