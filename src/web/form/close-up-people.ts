import type { FormValues } from './form-values.js';

const OF_PERSON = /^household\.(\d{1,2})\.(.+)$/;

/**
 * The sent page of the household as it is stored: who follows a place that was left blank moves up, since blank people are
 * not stored. The places at the end are blank then.
 */
export function closeUpPeople(sent: FormValues): FormValues {
  const ofPeople = Object.entries(sent).flatMap(([name, value]) => {
    const [, place, field] = OF_PERSON.exec(name) ?? [];
    return place === undefined || field === undefined ? [] : [{ place: Number(place), field, isBlank: value.trim() === '' }];
  });
  const places = inOrder(ofPeople.map(({ place }) => place));
  const taken = inOrder(ofPeople.filter(({ isBlank }) => !isBlank).map(({ place }) => place));
  const fields = [...new Set(ofPeople.map(({ field }) => field))];
  const others = Object.entries(sent).filter(([name]) => !OF_PERSON.test(name));
  const people = places.flatMap((place, at) => fields.map((field) => [`household.${place}.${field}`, sent[`household.${taken[at]}.${field}`] ?? ''] as const));
  return Object.fromEntries([...others, ...people]);
}

function inOrder(places: readonly number[]): readonly number[] {
  return [...new Set(places)].sort((a, b) => a - b);
}
