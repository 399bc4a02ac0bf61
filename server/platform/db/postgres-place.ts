import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, realpathSync, statSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export type Owner = { uid: number; gid: number };
export type PostgresPlace = {
  /** The cluster itself (PGDATA). */
  clusterDir: string;
  runtimeDir: string;
  /** Folder of the unix socket; null where the server listens on the loopback address instead. */
  socketDir: string | null;
  logFile: string;
  /** Whom the database runs as; null when it runs as we do. */
  owner: Owner | null;
};

// "nobody" on Linux. PostgreSQL refuses to run as root, and making a user would change the machine for good.
const NOBODY: Owner = { uid: 65_534, gid: 65_534 };
const FALLBACK_ROOT = "/var/lib/firsthand";
// sun_path holds 104 bytes on macOS and 108 on Linux; PostgreSQL appends "/.s.PGSQL.5432" to the folder, and its lock file ".lock".
const SOCKET_DIR_MAX_BYTES = 104 - "/.s.PGSQL.5432.lock".length - 1;

/** Decides where the embedded database lives, makes those folders and gives them to the user the database runs as.
 *  As root under a path that this user cannot enter (a home of mode 700), the cluster goes to /var/lib/firsthand
 *  and the data folder keeps a note of where it is. */
export const choosePlace = (dataDir: string): PostgresPlace => {
  mkdirSync(dataDir, { recursive: true });
  const home = realpathSync(dataDir);
  const isRoot = process.getuid?.() === 0;
  const base = isRoot ? realpathSync(chooseBaseForRoot(home)) : home;
  const clusterDir = join(base, "postgres");
  const owner = isRoot ? ownerOf(clusterDir) : null;
  if (!isRoot) refuseForeignCluster(clusterDir);
  const socketDir = process.platform === "win32" ? null : chooseSocketDir(base);
  if (socketDir !== null) give(socketDir, owner);
  return { clusterDir, runtimeDir: join(base, "runtime"), socketDir, logFile: join(base, "postgres.log"), owner };
};

/** Makes a folder that only the database's user may enter. */
export const give = (folder: string, owner: Owner | null): void => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (owner !== null) chownSync(folder, owner.uid, owner.gid);
};

const chooseBaseForRoot = (home: string): string => {
  const note = join(home, "postgres-folder.txt");
  if (existsSync(note)) return readFileSync(note, "utf8").trim();
  letPass(home);
  if (existsSync(join(home, "postgres")) || canEnter(home, NOBODY)) return home;
  const elsewhere = join(FALLBACK_ROOT, createHash("sha256").update(home).digest("hex").slice(0, 12));
  mkdirSync(elsewhere, { recursive: true, mode: 0o755 });
  writeFileSync(note, `${elsewhere}\n`);
  return elsewhere;
};

// A data folder of root's own, closed to others as temporary folders are, is let through by name only; folders above it are not ours to open.
const letPass = (home: string): void => {
  const { mode, uid } = statSync(home);
  if (uid === 0 && (mode & 0o001) === 0) chmodSync(home, (mode & 0o777) | 0o011);
};

// A cluster made by an ordinary user stays that user's, also when root starts it once.
const ownerOf = (clusterDir: string): Owner => {
  if (!existsSync(clusterDir)) return NOBODY;
  const { uid, gid } = statSync(clusterDir);
  return uid === 0 ? NOBODY : { uid, gid };
};

const refuseForeignCluster = (clusterDir: string): void => {
  if (!existsSync(clusterDir) || process.platform === "win32") return;
  const { uid } = statSync(clusterDir);
  if (uid === process.getuid?.()) return;
  throw new Error(
    `The database in "${clusterDir}" belongs to another user of this machine (number ${uid}). ` +
      "Start Firsthand as that user or as root, or choose another data folder with --data.",
  );
};

const canEnter = (folder: string, who: Owner): boolean => {
  const { mode, uid, gid } = statSync(folder);
  const bit = uid === who.uid ? 0o100 : gid === who.gid ? 0o010 : 0o001;
  if ((mode & bit) === 0) return false;
  const parent = dirname(folder);
  return parent === folder || canEnter(parent, who);
};

const chooseSocketDir = (base: string): string => {
  const near = join(base, "socket");
  if (Buffer.byteLength(near) <= SOCKET_DIR_MAX_BYTES) return near;
  const short = `firsthand-${createHash("sha256").update(base).digest("hex").slice(0, 12)}`;
  const inTemp = join(tmpdir(), short);
  return Buffer.byteLength(inTemp) <= SOCKET_DIR_MAX_BYTES ? inTemp : join("/tmp", short);
};
