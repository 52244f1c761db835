import { ExportFault, exportedFile } from '../export/exported-bundles.js';
import type { Findings } from './finding.js';

/** A file of an export; undefined where it cannot be read, which is found. */
export function fileOr(directory: string, path: string, findings: Findings): Buffer | undefined {
  try {
    return exportedFile(directory, path);
  } catch (error) {
    if (!(error instanceof ExportFault)) throw error;
    findings.add({ kind: 'file-missing', name: path });
    return undefined;
  }
}
