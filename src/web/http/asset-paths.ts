import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from './package-root.js';

const ROOT = packageRoot();
const USWDS_PACKAGE = join(ROOT, 'node_modules', '@uswds', 'uswds');

/** Read from the source folder in a build too: `tsc` copies no style sheets. */
export const OWN_ASSETS_FOLDER = join(ROOT, 'src', 'web', 'assets');
export const USWDS_FOLDER = join(USWDS_PACKAGE, 'dist');

const OWN_STYLESHEET = 'thinfile.css';
const uswdsVersion = (JSON.parse(readFileSync(join(USWDS_PACKAGE, 'package.json'), 'utf8')) as { version: string }).version;
const ownVersion = createHash('sha256').update(readFileSync(join(OWN_ASSETS_FOLDER, OWN_STYLESHEET))).digest('hex').slice(0, 12);

/** The version is part of the path, so a browser may keep a file for good and still never show an old one. */
export const USWDS_PREFIX = `/assets/uswds/${uswdsVersion}/`;
export const OWN_PREFIX = `/assets/thinfile/${ownVersion}/`;

export const STYLESHEETS: readonly string[] = [`${USWDS_PREFIX}css/uswds.min.css`, `${OWN_PREFIX}${OWN_STYLESHEET}`];
