/** What our canonical JSON can say. Fractions, null and dates are left out: nothing that is signed needs them. */
export type Canonical = string | number | boolean | readonly Canonical[] | { readonly [name: string]: Canonical };

/**
 * JSON that two programs write alike, byte for byte: RFC 8785 for strings, safe integers, booleans, arrays and objects.
 * Names are sorted by UTF-16 code units (section 3.2.3), strings are escaped as ECMAScript does (3.2.2.2).
 * @throws TypeError on anything else, lone surrogates included; the message holds no value
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'boolean') return String(value);
  if (Number.isSafeInteger(value)) return String(value); // -0 comes out as 0
  if (Array.isArray(value)) return list(value);
  if (isPlainObject(value)) return object(value);
  throw new TypeError('canonical JSON: a value that it does not hold');
}

/** Frozen lists of texts cannot change, and the long ones among them are written again and again. */
const known = new WeakMap<object, string>();

function list(value: readonly unknown[]): string {
  const before = known.get(value);
  if (before !== undefined) return before;
  let text = '[';
  for (const item of value) text += text === '[' ? canonicalJson(item) : `,${canonicalJson(item)}`; // holes come out as undefined
  text += ']';
  if (Object.isFrozen(value) && value.every((item) => typeof item === 'string')) known.set(value, text);
  return text;
}

function object(value: Readonly<Record<string, unknown>>): string {
  let text = '{';
  for (const name of Object.keys(value).sort()) text += `${text === '{' ? '' : ','}${quoted(name)}:${canonicalJson(value[name])}`;
  return `${text}}`;
}

/** ASCII that no escape stands for: nearly all that is ever written. */
const AS_IT_IS = /^[ !#-[\]-~]*$/;

function quoted(text: string): string {
  if (AS_IT_IS.test(text)) return `"${text}"`;
  if (/\p{Surrogate}/u.test(text)) throw new TypeError('canonical JSON: a lone surrogate');
  return JSON.stringify(text);
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
