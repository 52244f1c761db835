import type { AccessLog } from './append-entry.js';
import type { SignerStateFile } from './signer-state.js';

/** All that signing needs: where the keys lie, what was signed last, and the log, for what the signer itself has to say in it. */
export interface SigningDesk {
  readonly secretsDirectory: string;
  readonly file: SignerStateFile;
  readonly log: AccessLog;
}
