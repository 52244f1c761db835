import 'reflect-metadata';
import { Command } from 'commander';
import type { BenchResult, Pace } from './measure.js';
import { seal } from './seal/seal.js';

const BENCHES: Readonly<Record<string, (pace: Pace) => Promise<BenchResult>>> = { seal };

const command = new Command('bench').argument('<name>', Object.keys(BENCHES).join(', ')).option('--json', 'one line of figures, last').parse();
const [name] = command.args as [string];
const bench = BENCHES[name];
if (!bench) command.error(`There is no benchmark ${name}. There is: ${Object.keys(BENCHES).join(', ')}.`);

const result = await bench!({ rounds: 5, roundMs: 300 });
for (const { name: row, ...figures } of result.rows) process.stdout.write(`${row.padEnd(40)} ${Object.entries(figures).map(([figure, value]) => `${figure} ${value}`).join('  ')}\n`);
for (const [ratio, value] of Object.entries(result.ratios)) process.stdout.write(`${ratio.padEnd(28)} ${value.toFixed(2).padStart(10)}\n`);
if (command.opts<{ json?: boolean }>().json) process.stdout.write(`${JSON.stringify(result)}\n`);
