import { readFileSync, readdirSync, statSync } from "node:fs";
import { gzipSync } from "node:zlib";

const WIDGET = new URL("../../../widget/", import.meta.url);
const DIST = new URL("dist/", WIDGET);

/** A built script as it is sent. `stamp` changes with its content. */
export type ClientFile = { text: string; gzipped: Buffer; stamp: string };

/** A file the widget's build made, by its name; null when there is none of that name.
 *  Read again when it changed, so that a rebuilt script shows without a restart. */
export const findClientFile = (name: string): ClientFile | null => {
  // What may be asked for is what is in the folder: no name is ever turned into a path unseen.
  if (!listClientFiles().includes(name)) return null;
  return readKept(new URL(name, DIST));
};

/** Address of a built script that may be kept for ever, as its content is part of it; null when it is not built. */
export const clientUrl = (name: string): string | null => {
  const file = findClientFile(name);
  return file === null ? null : `/s/client/${name}?v=${file.stamp}`;
};

/** Addresses of what every survey needs beside its first script, to be asked for together with it. */
export const coreUrls = (): string[] => listClientFiles().filter((name) => name.startsWith("core-")).map((name) => `/s/client/${name}`);

/** The style of surveys, by the file's name; "" when it is not there: pages work without. */
export const surveyStyle = (name: "survey" | "page" | "rare"): string => readKept(new URL(`survey/${name}.css`, WIDGET))?.text ?? "";

let listed: { names: string[]; changedAtMs: number } = { names: [], changedAtMs: -1 };

const listClientFiles = (): string[] => {
  const changedAtMs = statSync(DIST, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (listed.changedAtMs !== changedAtMs) listed = { names: changedAtMs === 0 ? [] : readdirSync(DIST).filter((name) => /^[\w.-]+\.c?js$/.test(name)), changedAtMs };
  return listed.names;
};

const kept = new Map<string, ClientFile>();

const readKept = (url: URL): ClientFile | null => {
  const changed = statSync(url, { throwIfNoEntry: false });
  if (changed === undefined) return null;
  const stamp = `${Math.floor(changed.mtimeMs).toString(36)}${changed.size.toString(36)}`;
  const known = kept.get(url.pathname);
  if (known?.stamp === stamp) return known;
  const text = readFileSync(url, "utf8");
  const file = { text, gzipped: gzipSync(text, { level: 9 }), stamp };
  kept.set(url.pathname, file);
  return file;
};
