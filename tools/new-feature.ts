// npm run new <module> <feature> [<one>]: writes both twin folders and the lines in the manifests. npm run new feedback reviews
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { writeFeatureFiles } from "./feature-files.ts";
import { nameFeature } from "./feature-names.ts";
import { addImport, addToModule, addToScreens, writeModule, writeScreens } from "./manifest-lines.ts";
import { MODULES, isModule } from "./modules.ts";

/** Writes a new feature into the repository under a folder.
 *  @returns the paths written or changed
 *  @throws with a message for people when the names do not fit or the feature exists */
export const createFeature = (root: string, given: { module: string; feature: string; one?: string; now: Date }): string[] => {
  const { module, feature } = given;
  if (!isModule(module)) throw new Error(`"${module}" is not a module. Modules are ${MODULES.join(", ")}; a new one takes a page in docs/decisions/.`);
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(feature)) throw new Error(`"${feature}" is not a name for a feature: a plural in small letters with hyphens, such as reviews or price-lists.`);
  if (existsSync(join(root, "server", module, feature))) throw new Error(`server/${module}/${feature} is already there.`);
  const names = nameFeature(module, feature, given.one);
  const changes = { ...writeFeatureFiles(names, findStamp(root, given.now)), ...makeModule(root, module) };
  const read = (path: string): string => changes[path] ?? readFileSync(join(root, path), "utf8");
  const server = `server/${module}/${module}.module.ts`;
  const web = `web/${module}/${module}.screens.tsx`;
  const written = { ...changes, [server]: addToModule(read(server), names), [web]: addToScreens(read(web), names) };
  for (const [path, text] of Object.entries(written)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return Object.keys(written);
};

// What a module needs before its first feature; empty for a module that is there.
const makeModule = (root: string, module: string): Record<string, string> => {
  const read = (path: string): string => readFileSync(join(root, path), "utf8");
  const changes: Record<string, string> = {};
  if (!existsSync(join(root, `server/${module}/${module}.module.ts`))) {
    changes[`server/${module}/${module}.module.ts`] = writeModule(module);
    changes["server/modules.ts"] = enter(addImport(read("server/modules.ts"), `import { ${module}Module } from "./${module}/${module}.module.ts";`), `${module}Module`);
  }
  if (!existsSync(join(root, `server/${module}/README.md`))) changes[`server/${module}/README.md`] = `# ${module}\n\nSay here: its nouns, tables and events, and what is not here.\n`;
  if (!existsSync(join(root, `web/${module}/${module}.screens.tsx`))) {
    changes[`web/${module}/${module}.screens.tsx`] = writeScreens(module);
    const composition = "web/shell/composition.ts";
    changes[composition] = enter(addImport(read(composition), `import { ${module}Screens } from "../${module}/${module}.screens.tsx";`), `${module}Screens`);
  }
  return changes;
};

// Modules stand in the order of the product: the new one goes behind the last that comes before it.
const enter = (text: string, entry: string): string => {
  const suffix = entry.endsWith("Screens") ? "Screens" : "Module";
  const place = MODULES.findIndex((module) => entry === `${module}${suffix}`);
  const earlier = MODULES.slice(0, place).toReversed().find((module) => new RegExp(`\\b${module}${suffix},?(?=[\\s\\]])`).test(text.slice(text.indexOf("[] = ["))));
  if (earlier === undefined) throw new Error(`Enter ${entry} in its list by hand: no earlier module is there.`);
  const at = text.indexOf(`${earlier}${suffix}`, text.indexOf("[] = ["));
  const end = at + `${earlier}${suffix}`.length;
  const isOnLines = text.slice(0, at).endsWith("\n  ");
  return `${text.slice(0, end)},${isOnLines ? "\n  " : " "}${entry}${text.slice(end)}`;
};

// Two migrations must not share a stamp, so a taken minute is left for the next free one.
const findStamp = (root: string, now: Date): string => {
  const taken = new Set(readdirSync(join(root, "server"), { recursive: true, encoding: "utf8" }).map((path) => path.slice(path.search(/[^/\\]+$/)).slice(0, 13)));
  for (let minute = 0; ; minute += 1) {
    const stamp = new Date(now.getTime() + minute * 60_000).toISOString().replace(/[-:]/g, "").replace("T", "_").slice(0, 13);
    if (!taken.has(stamp)) return stamp;
  }
};

const main = (): void => {
  const [module, feature, one] = process.argv.slice(2);
  if (module === undefined || feature === undefined) throw new Error("Say which: npm run new <module> <feature> [<one of it>], such as: npm run new feedback reviews");
  for (const path of createFeature(dirname(import.meta.dirname), { module, feature, ...(one === undefined ? {} : { one }), now: new Date() })) console.log(path);
  console.log(`\nNext: the shapes in server/${module}/${feature}/${feature}.contract.ts, the test beside it, then npm run check -- --write`);
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href)
  try {
    main();
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
