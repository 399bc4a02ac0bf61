import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export type PlantedTree = { root: string; remove: () => void };

/** A small repository in a temporary folder, to plant violations in.
 *  @param files text by path from the root
 *  @param packagesOf a folder whose node_modules the tree shall use; null for none */
export const plantTree = (files: Readonly<Record<string, string>>, packagesOf: string | null = null): PlantedTree => {
  const root = mkdtempSync(join(tmpdir(), "firsthand-planted-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  if (packagesOf !== null) symlinkSync(join(packagesOf, "node_modules"), join(root, "node_modules"));
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) };
};
