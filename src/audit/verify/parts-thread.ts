import { parentPort, workerData } from 'node:worker_threads';
import { committedParts } from './committed-parts.js';

const { directory, size } = workerData as { readonly directory: string; readonly size: number };

parentPort!.on('message', (number: number) => parentPort!.postMessage(committedParts(directory, size, number)));
