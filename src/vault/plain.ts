import { inspect } from 'node:util';

/**
 * An opened answer on its way to the one who may read it. Everywhere but in `reveal()` it shows as `[plain]`: in
 * templates, JSON, consoles and errors. Whoever reveals it answers for where it goes.
 */
export class Plain<T> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  reveal(): T {
    return this.#value;
  }

  toString(): string {
    return '[plain]';
  }

  toJSON(): string {
    return '[plain]';
  }

  [inspect.custom](): string {
    return '[plain]';
  }
}
