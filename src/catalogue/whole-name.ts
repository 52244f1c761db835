/** Characters of a name in one piece: first, middle and last name with suffix, and the spaces between them. */
export const WHOLE_NAME = 128 + 32 + 128 + 16 + 3;

interface Named {
  readonly firstName?: string;
  readonly middleInitial?: string;
  readonly lastName?: string;
  readonly suffix?: string;
}

/** A person's name in one piece, as on a return; undefined where there is none. */
export function wholeName({ firstName, middleInitial, lastName, suffix }: Named = {}): string | undefined {
  const name = [firstName, middleInitial, lastName, suffix].filter((part) => part !== undefined).join(' ');
  return name === '' ? undefined : name;
}
