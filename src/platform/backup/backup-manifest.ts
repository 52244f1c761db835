import { hash } from 'node:crypto';

/** What a server said it sent, by path: PostgreSQL documentation, "Backup Manifest Format". */
export type BackupManifest = ReadonlyMap<string, { readonly size: number; readonly sha256: string }>;

interface ManifestFile {
  readonly Path?: string;
  readonly 'Encoded-Path'?: string;
  readonly Size: number;
  readonly 'Checksum-Algorithm'?: string;
  readonly Checksum?: string;
}

/**
 * The manifest's last line is a checksum over all that comes before it: a backup that was cut short or changed by a failing disk
 * is found. It is no signature: whoever changes a backup on purpose can write a manifest to go with it.
 * @throws Error when it does not check, or does not give every file a SHA-256
 */
export function readManifest(bytes: Buffer): BackupManifest {
  const end = bytes.lastIndexOf('"Manifest-Checksum"');
  const { 'Manifest-Checksum': checksum, Files: files } = JSON.parse(bytes.toString('utf8')) as Record<string, unknown>;
  if (end < 0 || hash('sha256', bytes.subarray(0, end), 'hex') !== checksum) throw new Error('the backup is damaged: its manifest does not check');
  return new Map((files as readonly ManifestFile[]).map((file) => [pathOf(file), { size: file.Size, sha256: sha256Of(file) }]));
}

/** A path that is no UTF-8 comes in hexadecimal. */
function pathOf(file: ManifestFile): string {
  return file.Path ?? Buffer.from(file['Encoded-Path'] ?? '', 'hex').toString('latin1');
}

function sha256Of(file: ManifestFile): string {
  if (file['Checksum-Algorithm'] !== 'SHA256' || !file.Checksum) throw new Error('the manifest of the backup has no SHA-256 for a file');
  return file.Checksum;
}
