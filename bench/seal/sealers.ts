/** A way to seal a record field by field: Thinfile's own, or one that others use. */
export interface Sealer<Sealed = unknown> {
  readonly name: string;
  seal(values: readonly string[]): Sealed | Promise<Sealed>;
  open(sealed: Sealed): readonly string[] | Promise<readonly string[]>;
  /** Bytes to store. */
  size(sealed: Sealed): number;
}

export function textLength(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}
