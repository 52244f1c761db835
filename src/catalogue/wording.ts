/** The same words in English and in Spanish, plain enough for a reader of the sixth to eighth grade. */
export interface Wording {
  readonly en: string;
  readonly es: string;
}
