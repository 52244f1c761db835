import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { settingsFromEnvironment } from '../../src/platform/settings.js';

interface Service {
  readonly image?: string;
  readonly build?: { readonly dockerfile_inline: string };
  readonly environment?: Readonly<Record<string, string>>;
  readonly secrets?: readonly string[];
  readonly configs?: readonly { readonly source: string }[];
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly networks: readonly string[] | Readonly<Record<string, { readonly ipv4_address?: string }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly cap_drop?: readonly string[];
  readonly cap_add?: readonly string[];
  readonly read_only?: boolean;
  readonly security_opt?: readonly string[];
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
  readonly configs: Readonly<Record<string, { readonly content: string }>>;
  readonly volumes: Readonly<Record<string, { readonly labels: Readonly<Record<string, string>> }>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean; readonly ipam?: { readonly config: readonly { readonly subnet: string }[] } }>>;
}

const ROOT = join(import.meta.dirname, '..', '..');
const text = readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8');
/** As an operator's `.env` would fill it in. */
const compose = parse(text.replaceAll(/\$\{THINFILE_NAME[^}]*\}/g, 'intake.example.org').replaceAll(/\$\{THINFILE_TLS[^}]*\}/g, 'internal'), {
  merge: true,
}) as Compose;
const services = Object.entries(compose.services);
const networksOf = ({ networks }: Service): readonly string[] => (Array.isArray(networks) ? networks : Object.keys(networks));
const addressOf = (name: string): string | undefined =>
  (compose.services[name]!.networks as Readonly<Record<string, { ipv4_address?: string }>>)['front']?.ipv4_address;

/** No Docker engine is needed to see these. */
describe('docker-compose.yml', () => {
  it('opens one door: only Caddy publishes ports, and nothing else is on a network that leads outside', () => {
    expect(services.filter(([, { ports }]) => ports).map(([name]) => name)).toEqual(['caddy']);
    const outside = Object.entries(compose.networks).filter(([, network]) => !network?.internal).map(([name]) => name);
    const open = services.filter(([, service]) => networksOf(service).some((name) => outside.includes(name)));
    expect(open.map(([name]) => name)).toEqual(['caddy']);
  });

  it('keeps the two databases apart, from each other and from Caddy', () => {
    expect(networksOf(compose.services['records']!)).toEqual(['records']);
    expect(networksOf(compose.services['keys']!)).toEqual(['keys']);
    expect(networksOf(compose.services['caddy']!)).not.toEqual(expect.arrayContaining(['records']));
    const volumes = services.flatMap(([, service]) => service.volumes ?? []).map((volume) => volume.split(':')[0]);
    expect(new Set(volumes).size).toBe(volumes.length);
  });

  it('refers to nothing that is not there', () => {
    for (const [, service] of services) {
      for (const secret of service.secrets ?? []) expect(compose.secrets).toHaveProperty(secret);
      for (const { source } of service.configs ?? []) expect(compose.configs).toHaveProperty(source);
      for (const network of networksOf(service)) expect(compose.networks).toHaveProperty(network);
      for (const [volume] of (service.volumes ?? []).map((one) => one.split(':') as [string])) {
        if (!volume.startsWith('.')) expect(compose.volumes).toHaveProperty(volume);
      }
      for (const [file] of Object.entries(service.environment ?? {}).filter(([name]) => name.endsWith('_FILE'))) {
        const path = service.environment![file]!;
        expect(service.secrets).toContain(path.replace('/run/secrets/', ''));
      }
      for (const [other, { condition }] of Object.entries(service.depends_on ?? {})) {
        expect([condition, compose.services[other]!.healthcheck]).toEqual(['service_healthy', expect.anything()]);
      }
    }
  });

  it('believes Caddy, at its own address and no other, where a visitor comes from', () => {
    const { proxies, origin } = settingsFromEnvironment({
      THINFILE_PROXY: compose.services['thinfile']!.environment!['THINFILE_PROXY'],
      THINFILE_ORIGIN: compose.services['thinfile']!.environment!['THINFILE_ORIGIN'],
    });
    expect(proxies).toEqual([addressOf('caddy')]);
    expect(origin).toBe('https://intake.example.org');
    expect(addressOf('thinfile')).not.toBe(addressOf('caddy'));
    expect(compose.configs['caddyfile']!.content).toMatch(/^intake\.example\.org \{$[^]*tls internal$[^]*reverse_proxy thinfile:3000$/m);
  });

  it('lets Caddy keep no log of requests', () => {
    const { content } = compose.configs['caddyfile']!;
    expect(content).not.toMatch(/^\s*log \{|^\s*log$|output file/m);
    expect(content).toContain('exclude http.log.error');
    expect(content.split('{').length).toBe(content.split('}').length);
  });

  it('gives what faces people no more than they need', () => {
    for (const name of ['caddy', 'thinfile']) {
      expect(compose.services[name]).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
    }
    expect(compose.services['thinfile']!.cap_add).toBeUndefined();
    expect(compose.services['thinfile']!.build!.dockerfile_inline.trim().split('\n').slice(-2)).toEqual([
      'USER node', 'CMD ["node", "dist/src/main.js"]',
    ]);
  });

  it('says of every volume whether a backup may hold it: the key store’s never, and no two kinds in one place', () => {
    expect(Object.fromEntries(Object.entries(compose.volumes).map(([name, { labels }]) => [name, labels['thinfile.backup']]))).toEqual({
      caddy: 'yes', service: 'never', records: 'yes', keys: 'never',
    });
    const mounts = compose.services['thinfile']!.volumes!.map((one) => one.split(':')[0]!).filter((one) => one.startsWith('.'));
    expect(mounts.some((one) => mounts.some((other) => one !== other && other.startsWith(`${one}/`)))).toBe(false);
  });

  it('copies no secret and no backup into the image', () => {
    const ignored = readFileSync(join(ROOT, '.dockerignore'), 'utf8').split('\n');
    for (const name of ['secrets', 'backups', 'var', '.git']) expect(ignored).toContain(name);
  });
});
