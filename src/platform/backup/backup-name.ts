/** Content or life: see the two databases in the README. */
export type BackupKind = 'records' | 'keys';

/** The first entry of a backup: what it is and of when. Beside a server's own files it does no harm. */
export const BACKUP_NOTE = 'thinfile-backup.json';

/** `thinfile-records-20270201T170000Z.tar` */
export function backupName(kind: BackupKind, at: Date): string {
  return `thinfile-${kind}-${at.toISOString().replace(/[-:]|\.\d+/g, '')}.tar`;
}

/** By its name alone. @returns undefined when it is no backup of ours */
export function kindOfName(name: string): BackupKind | undefined {
  return /^thinfile-(records|keys)-\d{8}T\d{6}Z\.tar(?:\.partial)?$/.exec(name)?.[1] as BackupKind | undefined;
}
