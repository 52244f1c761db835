import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { settingsFromEnvironment } from '../../src/platform/settings.js';

const URLS = {
  RECORDS_DATABASE_URL: 'postgres://thinfile:Plant-a@records.test/thinfile',
  RECORDS_OWNER_URL: 'postgres://owner:Plant-b@records.test/thinfile',
  KEYS_DATABASE_URL: 'postgres://thinfile:Plant-c@keys.test/thinfile',
  KEYS_OWNER_URL: 'postgres://owner:Plant-d@keys.test/thinfile',
};

/** The message of the refusal, together with everything else the error would print. */
function refusal(environment: NodeJS.ProcessEnv): string {
  try {
    settingsFromEnvironment(environment);
  } catch (error) {
    return `${(error as Error).message} ${JSON.stringify(error)} ${(error as Error).stack}`;
  }
  throw new Error('not refused');
}

describe('settings', () => {
  it('with nothing set are a service on this machine alone, with databases of its own', () => {
    const settings = settingsFromEnvironment({});
    expect(settings).toMatchObject({ dataDirectory: resolve('var'), host: 'localhost', port: 3000, databases: 'embedded', origin: undefined });
    expect(settings.secretsDirectories).toEqual([resolve('var/secrets')]);
    expect(settings.allowNeverIssuedNumbers).toBe(false);
  });

  it('are read as they are given', () => {
    const settings = settingsFromEnvironment({
      ...URLS,
      THINFILE_DATA: '/srv/thinfile',
      THINFILE_HOST: '0.0.0.0',
      PORT: '0',
      THINFILE_ORIGIN: 'https://intake.example.org',
      THINFILE_SECRETS: '/mnt/a, /mnt/b',
      THINFILE_PROXY: '10.9.8.7, fd00::/64',
    });
    expect(settings).toMatchObject({ dataDirectory: '/srv/thinfile', host: '0.0.0.0', port: 0, origin: 'https://intake.example.org' });
    expect(settings.secretsDirectories).toEqual(['/mnt/a', '/mnt/b']);
    expect(settings.proxies).toEqual(['10.9.8.7', 'fd00::/64']);
    expect(settings.databases).toEqual({
      records: { service: URLS.RECORDS_DATABASE_URL, owner: URLS.RECORDS_OWNER_URL },
      keys: { service: URLS.KEYS_DATABASE_URL, owner: URLS.KEYS_OWNER_URL },
    });
  });

  it('name witnesses, a line or a place in a comma list each', () => {
    const [one, other] = ['witness.example/w1+01020304+BAAA', 'other.example+05060708+BBBB'];
    const given = `${one} https://witness.example/api/\n\n  ${other}  http://localhost:7380, ${other}x https://other.example`;
    expect(settingsFromEnvironment({ THINFILE_WITNESSES: given }).witnesses).toEqual([
      { vkey: one, url: 'https://witness.example/api' },
      { vkey: other, url: 'http://localhost:7380' },
      { vkey: `${other}x`, url: 'https://other.example' },
    ]);
    for (const bad of [one, `${one} witness.example`, `${one} http://witness.example`, `${one} https://Plant:e@witness.example`, `${one} https://witness.example/?a=Plant`, `${one} https://witness.example Plant`]) {
      expect(refusal({ THINFILE_WITNESSES: bad })).toContain('THINFILE_WITNESSES is a list of witnesses');
      expect(refusal({ THINFILE_WITNESSES: bad })).not.toContain('Plant');
    }
    expect(refusal({ THINFILE_WITNESSES: `${one} https://a.example, ${one} https://b.example` })).toContain('names a witness twice');
    expect(settingsFromEnvironment({}).witnesses).toEqual([]);
  });

  it('can be given as files', () => {
    const directory = mkdtempSync(join(tmpdir(), 'thinfile-settings-'));
    try {
      const environment = Object.fromEntries(
        Object.entries(URLS).map(([name, url]) => {
          writeFileSync(join(directory, name), `${url}\n`);
          return [`${name}_FILE`, join(directory, name)];
        }),
      );
      expect(settingsFromEnvironment(environment).databases).toMatchObject({ keys: { owner: URLS.KEYS_OWNER_URL } });
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  it('do not change afterwards', () => {
    const settings = settingsFromEnvironment({});
    expect(() => Object.assign(settings, { allowNeverIssuedNumbers: true })).toThrow(TypeError);
  });

  it('do not depend on NODE_ENV, and no variable allows never-issued numbers', () => {
    for (const NODE_ENV of ['development', 'test', 'production']) {
      expect(settingsFromEnvironment({ NODE_ENV })).toEqual(settingsFromEnvironment({}));
    }
    const tried = { THINFILE_ALLOW_NEVER_ISSUED_NUMBERS: '1', ALLOW_NEVER_ISSUED_NUMBERS: 'true', THINFILE_NOW: '2027-05-01' };
    expect(settingsFromEnvironment(tried)).toEqual(settingsFromEnvironment({}));
  });
});

describe('settings are refused', () => {
  it.each(Object.keys(URLS))('when %s alone is missing', (name) => {
    expect(refusal({ ...URLS, [name]: undefined })).toMatch(/Set all of RECORDS_DATABASE_URL, KEYS_DATABASE_URL, .* or none of them/);
    expect(refusal({ ...URLS, [name]: '' })).toMatch(/Set all of/);
  });

  it.each(Object.keys(URLS))('when %s is no database URL, without saying what it is', (name) => {
    for (const bad of ['Plant-x', 'postgres://user:Plant-x@host:notaport/db', 'https://user:Plant-x@host/db', 'postgres://host/Plant-x']) {
      const said = refusal({ ...URLS, [name]: bad });
      expect(said).toContain(name);
      expect(said).not.toContain('Plant');
    }
  });

  it('when both databases are on one server', () => {
    expect(refusal({ ...URLS, KEYS_DATABASE_URL: 'postgres://k:Plant@records.test:5432/keys' })).toMatch(/name one server/);
  });

  it.each(['http://intake.example.org', 'https://intake.example.org/', 'intake.example.org', 'http://127.0.0.1:3000', 'ftp://localhost'])(
    'when the origin is %s',
    (THINFILE_ORIGIN) => expect(refusal({ THINFILE_ORIGIN })).toMatch(/THINFILE_ORIGIN/),
  );

  it.each(['x', '-1', '70000', '3000.5', '0x10'])('when the port is %s', (PORT) => expect(refusal({ PORT })).toMatch(/PORT/));

  it('when a directory of secrets has no name', () => expect(refusal({ THINFILE_SECRETS: '/mnt/a,' })).toMatch(/THINFILE_SECRETS/));

  it('when a file that should hold one is not there', () => expect(refusal({ ...URLS, KEYS_OWNER_URL_FILE: '/nonexistent' })).toMatch(/ENOENT/));
});
