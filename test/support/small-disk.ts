import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SmallDisk {
  readonly folder: string;
  remove(): void;
}

/** A file system of its own with so much room, in bytes; null where this process may not mount one. */
export function mountSmallDisk(bytes: number): SmallDisk | null {
  const folder = mkdtempSync(join(tmpdir(), 'viewpoint-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', folder], { stdio: 'ignore' }).status === 0;
  if (!mounted) {
    rmSync(folder, { recursive: true });
    return null;
  }
  return {
    folder,
    remove() {
      spawnSync('umount', ['-l', folder], { stdio: 'ignore' });
      rmSync(folder, { recursive: true });
    },
  };
}

/**
 * A file system that claims more room than there is behind it, as a network volume over its quota does: writes succeed,
 * and what they have written cannot be brought to the disk. Null where this process may not mount one.
 */
export function mountOverbookedDisk(claimedBytes: number, bytes: number): SmallDisk | null {
  const behind = mountSmallDisk(bytes);
  if (behind === null) return null;
  const image = join(behind.folder, 'disk');
  const folder = mkdtempSync(join(tmpdir(), 'viewpoint-disk-'));
  const succeeds = (command: string, args: readonly string[]) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;
  const remove = () => {
    succeeds('umount', [folder]);
    rmSync(folder, { recursive: true });
    behind.remove();
  };
  const mounted = succeeds('truncate', ['-s', String(claimedBytes), image]) && succeeds('mkfs.ext4', ['-q', '-O', '^has_journal', image]) && succeeds('mount', ['-o', 'loop', image, folder]);
  if (mounted) return { folder, remove };
  remove();
  return null;
}
