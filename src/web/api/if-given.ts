import { ValidateIf } from 'class-validator';

/** A property that may be left out. One that is sent as null is refused by name: it was meant to say something, and says nothing. */
export const ifGiven: PropertyDecorator = ValidateIf((_, value) => value !== undefined);
