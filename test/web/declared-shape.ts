/** Enough of an OpenAPI schema to hold an answer to it. */
export interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly type?: string;
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly maxLength?: number;
  readonly description?: string;
}

type Schemas = Readonly<Record<string, Schema>>;

/** A schema with everything that it refers to and is composed of. */
export function resolved(schema: Schema, schemas: Schemas): Schema {
  const { $ref, allOf = [], ...own } = schema;
  const parts = [...($ref ? [schemas[$ref.replace('#/components/schemas/', '')]!] : []), ...allOf].map((part) => resolved(part, schemas));
  const all = [...parts, own];
  const properties = Object.assign({}, ...all.map((part) => part.properties)) as Schemas;
  const required = all.flatMap((part) => part.required ?? []);
  return { ...Object.assign({}, ...all), ...(Object.keys(properties).length > 0 ? { properties } : {}), required };
}

/** What of a value is not as declared: properties that are missing or were not declared, and other types. Empty when all fits. */
export function strays(value: unknown, declared: Schema, schemas: Schemas, at = 'body'): readonly string[] {
  const schema = resolved(declared, schemas);
  if (value === null) return schema.nullable ? [] : [`${at} is null`];
  if (schema.enum && !schema.enum.includes(value)) return [`${at} is none of its enum`];
  if (Array.isArray(value)) return schema.type === 'array' ? value.flatMap((item, i) => strays(item, schema.items!, schemas, `${at}.${i}`)) : [`${at} is a list`];
  if (typeof value !== 'object') return typeOf(value) === schema.type || schema.type === 'number' ? [] : [`${at} is no ${schema.type}`];
  if (schema.type !== undefined && schema.type !== 'object') return [`${at} is an object`];
  const { properties = {}, required = [], additionalProperties: others } = schema;
  const missing = required.filter((name) => !Object.hasOwn(value, name)).map((name) => `${at}.${name} is missing`);
  const inside = Object.entries(value).flatMap(([name, one]) => {
    if (Object.hasOwn(properties, name)) return strays(one, properties[name]!, schemas, `${at}.${name}`);
    if (typeof others === 'object') return strays(one, others, schemas, `${at}.${name}`);
    return others === true ? [] : [`${at}.${name} is not declared`];
  });
  return [...missing, ...inside];
}

function typeOf(value: unknown): string {
  return Number.isInteger(value) ? 'integer' : typeof value;
}
