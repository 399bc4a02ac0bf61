import { existsSync, readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";

/** A file of the repository: its path from the root with forward slashes, and its text when asked. */
export type SourceFile = { path: string; name: string; read: () => string };

const SKIPPED = new Set(["node_modules", "dist", "data", ".git", "coverage"]);

/** All files under a folder of the repository, sorted by path; none when the folder does not exist. */
export const listSourceFiles = (root: string, folder: string): SourceFile[] => {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true })
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : listSourceFiles(root, path);
      return entry.isFile() ? [{ path, name: basename(path), read: () => readFileSync(join(root, path), "utf8") }] : [];
    });
};

/** The names directly in a folder of the repository, sorted. */
export const listNames = (root: string, folder: string, kind: "files" | "folders"): string[] =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder), { withFileTypes: true })
        .filter((entry) => (kind === "folders" ? entry.isDirectory() && !SKIPPED.has(entry.name) : entry.isFile()))
        .map((entry) => entry.name)
        .sort()
    : [];
