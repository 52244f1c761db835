import { DEMO_HOUSEHOLDS } from '../../src/demo/households.js';

/** A fictional household with a telephone of its own: the numbers kept for fiction are a hundred, so these are in no use either. */
export function householdNumber(number: number): Record<string, object> {
  const household = DEMO_HOUSEHOLDS[number % DEMO_HOUSEHOLDS.length]!;
  return { ...household, contact: { ...household['contact'], phone: phoneNumber(number) } };
}

/** 900 was never an area code for homes. */
export function phoneNumber(number: number): string {
  return `202555${String(number).padStart(4, '0')}`;
}
