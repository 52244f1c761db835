import { dirname, relative, resolve, sep } from 'node:path';

/**
 * Each folder imports only from those before it. The reason is what breaks when an edge points down the ladder.
 * Files directly in `src/` put the application together: they import all, and nothing imports them.
 */
export const LADDER = [
  ['platform', 'platform knows files, servers and time, and nothing of what is kept there'],
  ['crypto', 'crypto is plain functions on bytes: what the bytes mean must not change how they are sealed'],
  ['catalogue', 'the catalogue is data that everything obeys: it cannot depend on what obeys it'],
  ['audit', 'the access log records what others do: if it needed them it could not record that they failed'],
  ['vault', 'the vault opens on an access ticket: if it could reach who issues tickets it could issue its own'],
  ['access', 'access decides who may act: a decision that depends on what is asked for can be talked into it'],
  ['retention', 'a purge destroys by class and day: it must not be able to see whose intake it is'],
  ['intake', 'an intake is the same whoever asks for it, a page or a subpoena'],
  ['legal', 'what an outsider may get must not depend on how a page shows it'],
  ['web', 'a request runs no command and knows of no demonstration'],
  ['commands', 'a command works on real households and knows of no demonstration'],
  ['demo', 'the demonstration may use everything, and nothing uses it'],
];

const FOLDERS = LADDER.map(([folder]) => folder);
const REASONS = new Map(LADDER);

/** Which part of the project a file belongs to: a folder of the ladder, `src` for the files that join them, or e.g. `test`. */
function partOf(file, root) {
  const [top, folder, ...rest] = relative(root, file).split(sep);
  if (top !== 'src') return top;
  return rest.length > 0 ? folder : 'src';
}

/** @returns what is wrong with the edge, or undefined */
export function refusedEdge(from, to) {
  if (from === to || from === 'test' || from === 'bench') return undefined;
  if (to === 'test' || to === 'bench') return `${from} may not import from ${to}: what only tests use is not part of the service`;
  if (from === 'src') return undefined;
  if (from === 'migrations') return 'a migration stands alone: it must do in five years what it does today';
  const level = FOLDERS.indexOf(from);
  if (level < 0) return undefined;
  if (to === 'migrations') return `${from} may not import from migrations: the process that starts is given them`;
  const isBefore = FOLDERS.includes(to) && FOLDERS.indexOf(to) < level;
  return isBefore ? undefined : `${from} may not import from ${to}: ${REASONS.get(from)}`;
}

export const importLadder = {
  meta: { type: 'problem', schema: [], messages: { edge: '{{reason}}.' } },
  create(context) {
    const check = (source) => {
      if (typeof source?.value !== 'string' || !source.value.startsWith('.')) return;
      const target = resolve(dirname(context.filename), source.value);
      const reason = refusedEdge(partOf(context.filename, context.cwd), partOf(target, context.cwd));
      if (reason) context.report({ node: source, messageId: 'edge', data: { reason } });
    };
    return {
      ImportDeclaration: ({ source }) => check(source),
      ImportExpression: ({ source }) => check(source),
      ExportNamedDeclaration: ({ source }) => check(source),
      ExportAllDeclaration: ({ source }) => check(source),
    };
  },
};
