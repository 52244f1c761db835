import { isDeepStrictEqual } from 'node:util';
import { perSecond, type BenchResult, type Rounds } from '../measure.js';
import { ownSealer } from './own-sealer.js';
import { ciphersweet, cloak, prismaFieldEncryption, typeormEncrypted } from './peer-sealers.js';
import { rawLimit } from './raw-limit.js';
import { CELL_WIDTH, RECORD } from './record.js';
import { textLength, type Sealer } from './sealers.js';

const FIELDS = RECORD.length;
const LONGEST = CELL_WIDTH - 2;

/**
 * A 24-field record sealed and opened, from text to text, beside what others use and beside the bare cipher over the same
 * cells. The others seal the values as they are; Thinfile pads them first.
 */
export async function seal(rounds: Rounds): Promise<BenchResult> {
  const own = ownSealer(FIELDS);
  const typeorm = typeormEncrypted();
  const peers: readonly Sealer[] = [typeorm, cloak(), prismaFieldEncryption(FIELDS), ciphersweet(FIELDS)] as readonly Sealer[];
  const all = [own as Sealer, ...peers];
  const limit = await rawLimit(FIELDS, CELL_WIDTH);
  const sealed = new Map(await Promise.all(all.map(async (sealer) => [sealer.name, await sealer.seal(RECORD)] as const)));
  for (const sealer of all) await mustRoundTrip(sealer, sealed.get(sealer.name));

  const rates = await perSecond(
    {
      'seal limit': limit.seal,
      'open limit': limit.open,
      ...Object.fromEntries(all.map((sealer) => [`seal ${sealer.name}`, () => sealer.seal(RECORD)])),
      ...Object.fromEntries(all.map((sealer) => [`open ${sealer.name}`, () => sealer.open(sealed.get(sealer.name))])),
    },
    rounds,
  );
  const rate = (name: string): number => rates.get(name)!;
  const fastest = (work: string): number => Math.max(...peers.map(({ name }) => rate(`${work} ${name}`)));
  const extra = async (sealer: Sealer): Promise<number> => extraBytes(sealer, RECORD.map((value) => value.padEnd(LONGEST)));
  return {
    bench: 'seal',
    ratios: {
      sealVsFastestPeer: rate(`seal ${own.name}`) / fastest('seal'),
      openVsFastestPeer: rate(`open ${own.name}`) / fastest('open'),
      sealOfLimit: rate(`seal ${own.name}`) / rate('seal limit'),
      openOfLimit: rate(`open ${own.name}`) / rate('open limit'),
      extraBytesOfTypeormEncrypted: (await extra(own as Sealer)) / (await extra(typeorm as Sealer)),
    },
    rows: [
      ...[...rates].map(([name, perSecond]) => ({ name, perSecond })),
      ...(await Promise.all(
        all.map(async (sealer) => ({
          name: `extra bytes a field, ${sealer.name}`,
          equalLengths: await extra(sealer),
          asTyped: await extraBytes(sealer, RECORD),
        })),
      )),
    ],
  };
}

/** Stored bytes a field beyond the value's own. Given values of one length, since only Thinfile hides lengths, or as they were typed. */
async function extraBytes(sealer: Sealer, values: readonly string[]): Promise<number> {
  return (sealer.size(await sealer.seal(values)) - textLength(values)) / FIELDS;
}

async function mustRoundTrip(sealer: Sealer, sealed: unknown): Promise<void> {
  if (!isDeepStrictEqual([...(await sealer.open(sealed))], [...RECORD])) throw new Error(`${sealer.name} does not give back what it sealed`);
}
