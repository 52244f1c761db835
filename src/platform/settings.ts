import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';

/** Where a database is, for the service's own role and for the role that owns the schema (migrations only). */
export interface DatabaseUrls {
  readonly service: string;
  readonly owner: string;
}

/** An outside witness of the access log (C2SP tlog-witness). */
export interface WitnessSetting {
  /** Its verifier key, which holds its name: `name+id+key`. */
  readonly vkey: string;
  /** Where checkpoints are submitted, without a slash at its end. */
  readonly url: string;
}

export interface SettingsInput {
  readonly dataDirectory: string;
  readonly secretsDirectories?: readonly string[];
  readonly host?: string;
  readonly port?: number;
  readonly origin?: string;
  readonly proxies?: readonly string[];
  readonly witnesses?: readonly WitnessSetting[];
  /** Absent: two embedded PostgreSQL servers in the data directory. */
  readonly databases?: { readonly records: DatabaseUrls; readonly keys: DatabaseUrls };
  /** Group-00 numbers, which nobody was ever given. For the demonstration and the tests; no environment variable sets it. */
  readonly allowNeverIssuedNumbers?: boolean;
}

/** Everything that can be set, read once and whole at the start. Nothing here depends on NODE_ENV. */
export class Settings {
  readonly dataDirectory: string;
  /** The master file is kept in each; everything else in the first. */
  readonly secretsDirectories: readonly [string, ...string[]];
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  /** Where people reach the service, when that is not where it listens (behind a proxy). */
  readonly origin: string | undefined;
  /** Whose word is believed on where a visitor comes from: addresses or networks of proxies of our own, and nobody else's. */
  readonly proxies: readonly string[];
  /** Whom the log's checkpoints are shown to. Nothing else outside is ever contacted. */
  readonly witnesses: readonly WitnessSetting[];
  readonly databases: { readonly records: DatabaseUrls; readonly keys: DatabaseUrls } | 'embedded';
  readonly allowNeverIssuedNumbers: boolean;

  constructor(input: SettingsInput) {
    this.dataDirectory = resolve(input.dataDirectory);
    const [first, ...more] = (input.secretsDirectories ?? []).map((path) => resolve(path));
    this.secretsDirectories = [first ?? join(this.dataDirectory, 'secrets'), ...more];
    this.host = input.host ?? 'localhost';
    this.port = input.port ?? 3000;
    this.origin = input.origin;
    this.proxies = input.proxies ?? [];
    this.witnesses = input.witnesses ?? [];
    this.databases = input.databases ?? 'embedded';
    this.allowNeverIssuedNumbers = input.allowNeverIssuedNumbers ?? false;
    Object.freeze(this);
  }
}

const DATABASE_VARIABLES = ['RECORDS_DATABASE_URL', 'KEYS_DATABASE_URL', 'RECORDS_OWNER_URL', 'KEYS_OWNER_URL'] as const;

/**
 * Reads the settings from the environment. A variable can be given as a file: `RECORDS_DATABASE_URL_FILE=/run/secrets/records`.
 * @throws Error naming the variable that is missing or malformed, never its value
 */
export function settingsFromEnvironment(environment: NodeJS.ProcessEnv): Settings {
  const databases = databasesFrom(environment);
  const host = variable(environment, 'THINFILE_HOST');
  const origin = variable(environment, 'THINFILE_ORIGIN');
  const secrets = variable(environment, 'THINFILE_SECRETS');
  const proxies = variable(environment, 'THINFILE_PROXY');
  const witnesses = variable(environment, 'THINFILE_WITNESSES');
  return new Settings({
    dataDirectory: variable(environment, 'THINFILE_DATA') ?? 'var',
    port: portFrom(variable(environment, 'PORT')),
    ...(host ? { host } : {}),
    ...(origin ? { origin: originFrom(origin) } : {}),
    ...(secrets ? { secretsDirectories: secretsFrom(secrets) } : {}),
    ...(proxies ? { proxies: proxiesFrom(proxies) } : {}),
    ...(witnesses ? { witnesses: witnessesFrom(witnesses) } : {}),
    ...(databases ? { databases } : {}),
  });
}

function databasesFrom(environment: NodeJS.ProcessEnv): { records: DatabaseUrls; keys: DatabaseUrls } | undefined {
  const [records, keys, recordsOwner, keysOwner] = DATABASE_VARIABLES.map((name) => variable(environment, name));
  if (!records && !keys && !recordsOwner && !keysOwner) return undefined;
  if (!records || !keys || !recordsOwner || !keysOwner) {
    throw new Error(`Set all of ${DATABASE_VARIABLES.join(', ')}, or none of them to use the embedded databases.`);
  }
  for (const [index, url] of [records, keys, recordsOwner, keysOwner].entries()) {
    if (!isDatabaseUrl(url)) throw new Error(`${DATABASE_VARIABLES[index]} is a URL such as postgres://user:password@host:5432/database.`);
  }
  if (sameServer(records, keys)) {
    throw new Error('RECORDS_DATABASE_URL and KEYS_DATABASE_URL name one server. Backups of records would then hold the keys: use two.');
  }
  return { records: { service: records, owner: recordsOwner }, keys: { service: keys, owner: keysOwner } };
}

/** Checked before it is parsed: the error of a URL that does not parse holds the whole text, password and all. */
function isDatabaseUrl(text: string): boolean {
  return URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol) && new URL(text).username !== '';
}

function sameServer(one: string, other: string): boolean {
  const [a, b] = [new URL(one), new URL(other)];
  return a.hostname === b.hostname && (a.port || '5432') === (b.port || '5432');
}

function variable(environment: NodeJS.ProcessEnv, name: string): string | undefined {
  const file = environment[`${name}_FILE`];
  const value = file ? readFileSync(file, 'utf8').trim() : environment[name];
  return value === '' ? undefined : value;
}

function portFrom(text: string | undefined): number {
  if (text === undefined) return 3000;
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw new Error('PORT is a number from 0 to 65535.');
  return port;
}

/** Over plain HTTP, browsers keep `__Host-` cookies and passkeys for localhost alone. */
function originFrom(text: string): string {
  if (!URL.canParse(text) || new URL(text).origin !== text) throw new Error('THINFILE_ORIGIN is an origin such as https://intake.example.org.');
  const { protocol, hostname } = new URL(text);
  if (protocol !== 'https:' && !(protocol === 'http:' && hostname === 'localhost')) throw new Error('THINFILE_ORIGIN needs https off localhost.');
  return text;
}

/** An address, or a network as `10.1.2.0/24`. A whole range of private networks would believe every machine in the building. */
function proxiesFrom(text: string): readonly string[] {
  const proxies = text.split(',').map((one) => one.trim());
  if (!proxies.every(isNetwork)) throw new Error('THINFILE_PROXY is a list of addresses, or networks such as 10.1.2.0/24, with commas between them.');
  return proxies;
}

function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const longest = { 0: 0, 4: 32, 6: 128 }[isIP(address) as 0 | 4 | 6];
  return rest.length === 0 && longest > 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= longest));
}

/** A line, or a place in a comma list, for each: its verifier key, a space, its URL. Whether the key is one is looked at where it is used. */
function witnessesFrom(text: string): readonly WitnessSetting[] {
  const witnesses = text.split(/[\n,]/).map((one) => one.trim()).filter((one) => one !== '').map(witnessFrom);
  if (new Set(witnesses.map(({ vkey }) => vkey)).size < witnesses.length) throw new Error('THINFILE_WITNESSES names a witness twice.');
  return witnesses;
}

function witnessFrom(text: string): WitnessSetting {
  const [vkey = '', url = '', ...rest] = text.split(/\s+/);
  const { protocol, hostname, username, password, search, hash } = URL.canParse(url) ? new URL(url) : ({} as Partial<URL>);
  const isPlain = !username && !password && !search && !hash && rest.length === 0;
  if (!isPlain || !(protocol === 'https:' || (protocol === 'http:' && hostname === 'localhost'))) {
    throw new Error('THINFILE_WITNESSES is a list of witnesses, each a verifier key and, after a space, an address such as https://witness.example.org/api; it needs https off localhost.');
  }
  return { vkey, url: url.replace(/\/+$/, '') };
}

function secretsFrom(text: string): readonly string[] {
  const paths = text.split(',').map((path) => path.trim());
  if (paths.includes('')) throw new Error('THINFILE_SECRETS is a list of directories with commas between them; one of them is empty.');
  return paths;
}
