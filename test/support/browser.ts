import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';

/** One folder for each user: the package unpacks with rights for one user alone. */
const UNPACKED = join(tmpdir(), `thinfile-chromium-${process.getuid?.() ?? 'user'}`);

/** Where distributions keep shared libraries; where NSS is missing, the packaged browser brings its own. */
const LIBRARY_FOLDERS = ['/usr/lib', '/usr/lib64', '/lib64', '/lib', '/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu'];

const UNPACK = `
  import packaged from '@sparticuz/chromium';
  await packaged.executablePath();
`;

/**
 * A headless Chromium out of an npm package. Close it in `afterAll`.
 * Its recommended arguments switch web security off, which would void the tests of it; only the sandbox is left out,
 * since that starts neither in containers nor for root.
 */
export async function launchBrowser(): Promise<Browser> {
  if (!existsSync(UNPACKED)) unpack();
  const ownLibraries = join(UNPACKED, 'al2023', 'lib');
  return chromium.launch({
    executablePath: join(UNPACKED, 'chromium'),
    args: ['--no-sandbox'],
    headless: true,
    ...(existsSync(ownLibraries) ? { env: { ...process.env, LD_LIBRARY_PATH: ownLibraries } } : {}),
  });
}

/**
 * In a process of its own, since only the temporary folder of a process tells the package where to go; moved into place
 * whole, so that an interrupted or a second unpacking leaves no half-written browser.
 */
function unpack(): void {
  const folder = mkdtempSync(`${UNPACKED}-`);
  const hasNss = LIBRARY_FOLDERS.some((libraries) => existsSync(join(libraries, 'libnss3.so')));
  execFileSync(process.execPath, ['--input-type=module', '--eval', UNPACK], {
    env: { ...process.env, TMPDIR: folder, ...(hasNss ? {} : { AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' }) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  try {
    renameSync(folder, UNPACKED);
  } catch (problem) {
    rmSync(folder, { recursive: true });
    if (!existsSync(UNPACKED)) throw problem;
  }
}
