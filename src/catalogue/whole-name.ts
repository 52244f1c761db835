/** Characters of a name in one piece: first, middle and last name with suffix, and the spaces between them. */
export const WHOLE_NAME = 128 + 32 + 128 + 16 + 3;
