import 'reflect-metadata';
import { Command } from 'commander';
import { intake } from './intake/intake.js';
import { log } from './log/log.js';
import { lookup } from './lookup/lookup.js';
import type { BenchResult, Rounds } from './measure.js';
import { purge } from './purge/purge.js';
import { seal } from './seal/seal.js';

interface Bench {
  readonly run: (rounds: Rounds, sizes: readonly number[], parts?: readonly string[]) => Promise<BenchResult>;
  readonly rounds: Rounds;
  readonly sizes?: readonly number[];
}

const SIZES = [1000, 10_000, 100_000];

const BENCHES: Readonly<Record<string, Bench>> = {
  seal: { run: seal, rounds: { rounds: 15, roundMs: 60 } },
  intake: { run: intake, rounds: { rounds: 5, roundMs: 1500 } },
  log: { run: log, rounds: { rounds: 5, roundMs: 1500 }, sizes: [1_000_000] },
  lookup: { run: lookup, rounds: { rounds: 5, roundMs: 1500 } },
  purge: { run: purge, rounds: { rounds: 4, roundMs: 2000 }, sizes: [...SIZES, 1_000_000] },
};

const command = new Command('bench')
  .argument('<name>', Object.keys(BENCHES).join(', '))
  .option('--rounds <number>', 'how often each work has its turn')
  .option('--round-ms <number>', 'how long a turn takes')
  .option('--sizes <list>', 'numbers of intakes, where a benchmark grows')
  .option('--max <number>', 'leave out larger ones')
  .option('--parts <list>', 'of a benchmark that has some: log has append, verify, root, questions and pages; purge has mixed, beside, sizes and preview')
  .option('--json', 'one line of figures, last')
  .parse();
const { json, rounds, roundMs, ...options } = command.opts<{ json?: boolean; rounds?: string; roundMs?: string; sizes?: string; max?: string; parts?: string }>();
const [name] = command.args as [string];
const bench = BENCHES[name] ?? command.error(`There is no benchmark ${name}. There is: ${Object.keys(BENCHES).join(', ')}.`);

const pace = { rounds: Number(rounds ?? bench.rounds.rounds), roundMs: Number(roundMs ?? bench.rounds.roundMs) };
const sizes = options.sizes?.split(',').map(Number) ?? bench.sizes ?? SIZES;
const result = await bench.run(pace, sizes.filter((size) => size <= Number(options.max ?? Infinity)), options.parts?.split(','));
for (const { name: row, ...figures } of result.rows) process.stdout.write(`${row.padEnd(40)} ${inLine(figures)}\n`);
for (const [ratio, value] of Object.entries(result.ratios)) process.stdout.write(`${ratio.padEnd(40)} ${value.toFixed(2)}\n`);
if (json) process.stdout.write(`${JSON.stringify(result)}\n`);

function inLine(figures: Readonly<Record<string, number | string>>): string {
  return Object.entries(figures)
    .map(([figure, value]) => `${figure} ${typeof value === 'number' ? Math.round(value * 100) / 100 : value}`)
    .join('  ');
}
