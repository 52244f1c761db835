import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { decryptStringSync, encryptStringSync, generateKey, parseKeySync } from '@47ng/cloak';
import ciphersweetJs from 'ciphersweet-js';
import { fieldEncryptionMiddleware } from 'prisma-field-encryption';
import { textLength, type Sealer } from './sealers.js';

const { CipherSweet, EncryptedRow, ModernCrypto, StringProvider } = ciphersweetJs;

// Through its index the package would also load its subscribers, which are for another version of TypeORM.
const { EncryptionTransformer } = createRequire(import.meta.url)('typeorm-encrypted/lib/transformer.js') as typeof import('typeorm-encrypted');

/** A column transformer, AES-256-GCM as its README recommends it. */
export function typeormEncrypted(): Sealer<readonly string[]> {
  const column = new EncryptionTransformer({ key: randomBytes(32).toString('hex'), algorithm: 'aes-256-gcm', ivLength: 16 });
  return {
    name: 'typeorm-encrypted',
    seal: (values) => values.map((value) => column.to(value) as unknown as string),
    open: (sealed) => sealed.map((text) => column.from(text)!),
    size: textLength,
  };
}

/** Its calls with a key parsed once: parsing it for each value would be slower still. */
export function cloak(): Sealer<readonly string[]> {
  const key = parseKeySync(generateKey());
  return {
    name: '@47ng/cloak',
    seal: (values) => values.map((value) => encryptStringSync(value, key)),
    open: (sealed) => sealed.map((text) => decryptStringSync(text, key)),
    size: textLength,
  };
}

type Data = Record<string, string>;

/** Its middleware around a client that stores and fetches in no time: what it does to a create and to a find. */
export function prismaFieldEncryption(fields: number): Sealer<Data> {
  const names = Array.from({ length: fields }, (_, i) => `field${i}`);
  const column = { isList: false, isUnique: false, isId: false, type: 'String' };
  const encrypted = names.map((name) => ({ ...column, name, documentation: '/// @encrypted' }));
  const models = [{ name: 'Record', fields: [{ ...column, name: 'id', isUnique: true, isId: true }, ...encrypted] }];
  const around = fieldEncryptionMiddleware({ encryptionKey: generateKey(), dmmf: { datamodel: { models } } } as never);
  const call = (action: string, args: object, next: (params: unknown) => Promise<unknown>) =>
    around({ model: 'Record', action, args, dataPath: [], runInTransaction: false } as never, next as never) as Promise<unknown>;
  return {
    name: 'prisma-field-encryption',
    seal: async (values) => {
      let stored: Data = {};
      await call('create', { data: Object.fromEntries(values.map((value, i) => [names[i]!, value])) }, async (params) => {
        stored = (params as { args: { data: Data } }).args.data;
        return null;
      });
      return stored;
    },
    open: async (sealed) => Object.values((await call('findUnique', { where: { id: 'one' } }, async () => ({ ...sealed }))) as Data),
    size: (sealed) => textLength(Object.values(sealed)),
  };
}

/** An encrypted row without blind indexes, on the backend that it recommends. */
export function ciphersweet(fields: number): Sealer<Data> {
  const engine = new CipherSweet(new StringProvider(randomBytes(32).toString('hex')), new ModernCrypto());
  const row = new EncryptedRow(engine, 'record');
  const names = Array.from({ length: fields }, (_, i) => `field${i}`);
  for (const name of names) row.addTextField(name);
  return {
    name: 'ciphersweet-js',
    // Its types say Map; it takes and gives plain objects.
    seal: (values) => row.encryptRow(Object.fromEntries(values.map((value, i) => [names[i]!, value])) as never) as Promise<unknown> as Promise<Data>,
    open: async (sealed) => Object.values((await row.decryptRow(sealed as never)) as unknown as Data),
    size: (sealed) => textLength(Object.values(sealed)),
  };
}
