import type { FormValues } from './form-values.js';

const REMOVE = /^household\.(\d{1,2})\.remove$/;

/** The control that takes a person out of the household, in their place on the page. */
export function removeName(position: number): string {
  return `household.${position}.remove`;
}

/** What was sent, as if every answer had been blanked in the places that were ticked for removal: blank people are not stored. */
export function removePeople(sent: FormValues): FormValues {
  const removed = new Set(Object.keys(sent).flatMap((name) => REMOVE.exec(name)?.[1] ?? []));
  const kept = Object.entries(sent).filter(([name]) => !REMOVE.test(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, removed.has(placeIn(name)) ? '' : value]));
}

/** The ticks alone, so that a page that comes back still has them: with what was typed of whom they take out. */
export function removals(sent: FormValues): FormValues {
  return Object.fromEntries(Object.entries(sent).filter(([name]) => REMOVE.test(name)));
}

function placeIn(name: string): string {
  const [group, place = ''] = name.split('.');
  return group === 'household' ? place : '';
}
