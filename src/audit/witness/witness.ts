import type { WitnessSetting } from '../../platform/settings.js';
import { parseCosignerKey, type VerifierKey } from '../verifier-key.js';

/** Somebody outside who cosigns the log's checkpoints: C2SP tlog-witness. */
export interface Witness extends WitnessSetting {
  readonly key: VerifierKey;
}

/** @throws Error when a key in the settings is none */
export function witnessesIn(settings: readonly WitnessSetting[]): readonly Witness[] {
  return settings.map((setting) => {
    const key = parseCosignerKey(setting.vkey);
    if (!key) throw new Error('THINFILE_WITNESSES: a verifier key there is none of a witness. It has the form name+id+key, and its key begins with the byte 4 (cosignature/v1).');
    return { ...setting, key };
  });
}
