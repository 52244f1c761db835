import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadPepper } from '../../src/access/pepper.js';
import { AccessWorld } from './access-world.js';

describe('the pepper', () => {
  let world: AccessWorld;
  let directory: string;

  beforeAll(async () => {
    world = await AccessWorld.start();
    directory = world.databases.settings.secretsDirectories[0];
  });
  afterAll(() => world.stop());

  it('is made at the first start, for the service’s user alone, and stays', async () => {
    const path = join(directory, 'pepper.key');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect((await loadPepper(world.databases.records, directory)).bytes).toEqual(new Uint8Array(readFileSync(path)));
  });

  it('is never made anew once there are members', async () => {
    const path = join(directory, 'pepper.key');
    await world.setUp();
    renameSync(path, `${path}.away`);
    await expect(loadPepper(world.databases.records, directory)).rejects.toThrow('there are members');
    writeFileSync(path, 'short');
    await expect(loadPepper(world.databases.records, directory)).rejects.toThrow('not a pepper');
    renameSync(`${path}.away`, path);
  });
});
