import { existsSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';

const IMPORT = /^\s*(?:import|export)\s[^'"]*?from\s+'(\.[^']+)'|^\s*import\s+'(\.[^']+)'/gm;

/** One run of the linter reads each file once. A long-lived editor may see an old edge until it restarts. */
const importsOf = new Map();

/** Files import files in one direction, types included: two files that need each other are one thing, or three. */
export const noImportCycle = {
  meta: { type: 'problem', schema: [], messages: { cycle: 'This import leads back here: {{path}}.' } },
  create(context) {
    const here = context.filename;
    return {
      ImportDeclaration({ source }) {
        if (!source.value.startsWith('.')) return;
        const path = pathBack(sourceFile(resolve(dirname(here), source.value)), here, new Set());
        if (path) context.report({ node: source, messageId: 'cycle', data: { path: path.map((file) => relative(context.cwd, file)).join(' → ') } });
      },
    };
  },
};

function pathBack(from, to, seen) {
  if (from === to) return [from];
  if (from === undefined || seen.has(from)) return undefined;
  seen.add(from);
  for (const next of imports(from)) {
    const path = pathBack(next, to, seen);
    if (path) return [from, ...path];
  }
  return undefined;
}

function imports(file) {
  if (!importsOf.has(file)) {
    const found = [...readFileSync(file, 'utf8').matchAll(IMPORT)].map(([, from, bare]) => sourceFile(resolve(dirname(file), from ?? bare)));
    importsOf.set(file, found.filter((target) => target !== undefined));
  }
  return importsOf.get(file);
}

function sourceFile(path) {
  return [path.replace(/\.js$/, '.ts'), path.replace(/\.js$/, '.tsx'), path].find((candidate) => existsSync(candidate));
}
