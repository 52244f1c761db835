import { AsyncLocalStorage } from 'node:async_hooks';
import fs from 'node:fs';
import http from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import { basename, dirname } from 'node:path';
import pg from 'pg';

/**
 * Makes a service process die at a place of the test's choosing, with SIGKILL, so that nothing of ours gets to tidy up.
 * The product knows nothing of it: statements are counted in the PostgreSQL driver and file operations in node:fs, for the
 * one act that was marked (a request with `x-die-at`, or the start), in its own asynchronous context. So whoever counts up
 * from 1 until the act comes through has died at every step there is, without a list of steps that could be forgotten.
 *
 * Kinds of boundary: `commit` before the COMMIT of a transaction that wrote, `sent` after it was sent and before its answer,
 * `answered` after that; `statement` before anything else that is asked of a database; `before` before an operation on a watched directory, `file` after one that changed something, `torn` with
 * half of a write's bytes written.
 */
const acts = new AsyncLocalStorage();
const watched = new Set();
const files = new Map();

/** @param directories of secrets, whose file operations count */
export function watch(directories) {
  for (const directory of directories) watched.add(directory);
}

/** Does the work as the marked act. @param order `<number> <kind,kind,…>`, as in the header */
export async function dyingAt(order, work) {
  const act = actOf(order);
  const result = await acts.run(act, work);
  act.over = true; // what the act leaves running in the background goes on unharmed
  return result;
}

function actOf(order) {
  const [at, kinds] = order.split(' ');
  return { at: Number(at), kinds: new Set(kinds.split(',')), count: 0, over: false };
}

function boundary(kind, what, prepare) {
  const act = acts.getStore();
  if (!act || act.over || !act.kinds.has(kind)) return;
  act.count += 1;
  if (act.count !== act.at) return;
  prepare?.();
  real.writeSync(2, `died ${kind} ${what.replaceAll(/\s+/g, ' ').slice(0, 60)}\n`);
  process.kill(process.pid, 'SIGKILL');
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

const real = { ...fs };
const isWatched = (path) => typeof path === 'string' && watched.has(dirname(path));

function around(name, path, operate) {
  const what = `${name} ${basename(path)}`;
  boundary('before', what);
  const result = operate();
  boundary('file', what);
  return result;
}

fs.openSync = (path, flags, ...rest) => {
  const open = () => real.openSync(path, flags, ...rest);
  if (!isWatched(path)) return open();
  const file = flags.startsWith('r') ? open() : around('open', path, open);
  files.set(file, path);
  return file;
};
fs.closeSync = (file) => {
  files.delete(file);
  return real.closeSync(file);
};
fs.writeSync = (file, content, ...rest) => {
  const path = files.get(file);
  if (path === undefined) return real.writeSync(file, content, ...rest);
  const half = content.subarray?.(0, content.length / 2) ?? content.slice(0, content.length / 2);
  const [, , position = null] = rest;
  boundary('torn', `write ${basename(path)}`, () => real.writeSync(file, half, 0, half.length, position));
  return around('write', path, () => real.writeSync(file, content, ...rest));
};
fs.fsyncSync = (file) => {
  const path = files.get(file);
  if (path !== undefined) boundary('before', `fsync ${basename(path)}`);
  return real.fsyncSync(file);
};
fs.writeFileSync = (to, content, options) => {
  const path = files.get(to) ?? to;
  if (!isWatched(path)) return real.writeFileSync(to, content, options);
  boundary('torn', `write ${basename(path)}`, () => real.writeFileSync(to, content.slice(0, content.length / 2), options));
  return around('write', path, () => real.writeFileSync(to, content, options));
};
for (const name of ['renameSync', 'linkSync', 'rmSync']) {
  fs[name] = (path, ...rest) => (isWatched(path) ? around(name, path, () => real[name](path, ...rest)) : real[name](path, ...rest));
}
syncBuiltinESMExports();

const WRITES = /\b(INSERT|UPDATE|DELETE|CREATE|ALTER|GRANT)\b/;
/** Show how far something is, or that somebody is there: nothing else hangs on them. */
const SHOWS = /^UPDATE (purge_run SET step|session SET seen_at)/;
/** Writes and commits by itself. */
const COMMITS = /\bsave_life\(/;
const writers = new WeakSet();

const { query } = pg.Client.prototype;
pg.Client.prototype.query = function countedQuery(config, ...rest) {
  const text = typeof config === 'string' ? config : String(config?.text);
  if (WRITES.test(text) && !SHOWS.test(text)) writers.add(this);
  const commits = text === 'COMMIT' ? writers.delete(this) : COMMITS.test(text);
  if (!commits) {
    boundary('statement', text);
    return query.call(this, config, ...rest);
  }
  boundary('commit', text);
  const answer = query.call(this, config, ...rest);
  boundary('sent', text);
  // Through the pool there is no promise here; what comes next is a boundary of its own.
  return answer?.then((result) => {
    boundary('answered', text);
    return result;
  });
};

const { emit } = http.Server.prototype;
http.Server.prototype.emit = function markedEmit(event, request, ...rest) {
  const order = event === 'request' ? request.headers['x-die-at'] : undefined;
  if (order === undefined) return emit.call(this, event, request, ...rest);
  return acts.run(actOf(order), () => {
    // Node calls these listeners from the connection's own context, not from the request's.
    for (const method of ['on', 'addListener', 'once']) {
      const listen = request[method];
      request[method] = (name, listener) => listen.call(request, name, AsyncLocalStorage.bind(listener));
    }
    return emit.call(this, event, request, ...rest);
  });
};
