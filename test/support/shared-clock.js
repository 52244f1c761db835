import { readFileSync } from 'node:fs';
import { Clock } from '../../dist/src/platform/clock.js';

/** A clock that the test moves for all of its processes at once, through a file with the offset in milliseconds. */
export class SharedClock extends Clock {
  constructor(file) {
    super(0, true);
    this.file = file;
  }

  now() {
    return new Date(Date.now() + Number(readFileSync(this.file, 'utf8')));
  }
}
