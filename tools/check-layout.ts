// Is every file where a newcomer would look for it, and of a kind that STYLE.md names?
import type { Problem } from "./problem.ts";
import { checkSql } from "./check-sql.ts";
import { MODULES, isModule } from "./modules.ts";
import type { SourceFile } from "./source-files.ts";
import { listNames, listSourceFiles } from "./source-files.ts";

const LINES_MAX = 400;
const README_LINES_MAX = 40;
const KINDS = "contract|routes|rules|queries|errors|events|listeners|jobs|page|follower";
const FEATURE_FILE = new RegExp(`^[a-z0-9]+(-[a-z0-9]+)*(\\.(${KINDS}))?(\\.(test|make))?\\.ts$`);
const MIGRATION_FILE = /^\d{8}_\d{4}_[a-z0-9_]+(\.analytics)?\.sql$/;
const WEB_FEATURE_FILE = /^([A-Z][A-Za-z0-9]*(\.(test|stories))?\.tsx|[A-Z][A-Za-z0-9]*\.module\.css|[a-z0-9]+(-[a-z0-9]+)*\.css|[a-z0-9]+(-[a-z0-9]+)*(\.(data|texts|rules|parts))?(\.(test|stories))?\.tsx?)$/;
const VAGUE = /^(index|utils?|helpers?|common|types?|misc|shared)(\.[a-z]+)*\.(ts|tsx|mjs)$/;
const VAGUE_FOLDER = /(^|\/)(utils?|helpers?|common|types?|misc|shared|lib)\//;
const SWITCHED_OFF = /\/[/*]\s*(oxlint|eslint|dependency-cruiser)-disable|\/[/*]\s*@ts-(ignore|expect-error|nocheck)/;
const ROOT_FOLDERS = [".ci", "bench", "cli", "deploy", "docs", "e2e", "mining", "server", "text", "tools", "web", "widget"];
const SERVER_FILES = ["analytics-process.ts", "config.ts", "firsthand.ts", "main.ts", "modules.ts", "openapi.snapshot.json", "package.json", "schema.snapshot.sql"];
const WORKSPACES = ["server", "text", "mining", "web", "widget", "cli", "bench", "tools", "e2e"];

/** Checks the layout of the repository under a folder.
 *  @returns every broken rule, none when all is well */
export const checkLayout = (root: string): Problem[] => {
  const server = listSourceFiles(root, "server");
  const web = listSourceFiles(root, "web");
  const all = WORKSPACES.flatMap((workspace) => listSourceFiles(root, workspace));
  return [
    ...checkRootFolders(root),
    ...checkModules(root),
    ...server.flatMap(checkServerFile),
    ...checkTwins(web, server),
    ...web.flatMap(checkWebFile),
    ...web.flatMap(checkWords),
    ...checkStamps(server),
    ...all.flatMap(checkAnyFile),
    ...checkServerExports(root),
    ...checkSql(server),
  ];
};

const checkRootFolders = (root: string): Problem[] =>
  listNames(root, "", "folders")
    .filter((name) => !ROOT_FOLDERS.includes(name) && (!name.startsWith(".") || name === ".ci"))
    .map((name) => ({ rule: "known-folder", path: name, message: `no such folder in the layout; things that run live in ${ROOT_FOLDERS.join(", ")}` }));

const checkModules = (root: string): Problem[] =>
  listNames(root, "server", "folders").flatMap((module): Problem[] => {
    const path = `server/${module}`;
    if (!isModule(module)) return [{ rule: "known-module", path, message: `"${module}" is not a module; modules are ${MODULES.join(", ")}` }];
    const readme = listSourceFiles(root, path).find((file) => file.path === `${path}/README.md`);
    if (readme === undefined) return [{ rule: "module-readme", path, message: `has no README.md: its nouns, tables, events and what is not here, in ${README_LINES_MAX} lines` }];
    const lines = readme.read().trimEnd().split("\n").length;
    return lines > README_LINES_MAX ? [{ rule: "module-readme", path: readme.path, message: `has ${lines} lines; ${README_LINES_MAX} are enough for an overview` }] : [];
  });

const checkServerFile = (file: SourceFile): Problem[] => {
  const [, module = "", feature, ...rest] = file.path.split("/");
  if (feature === undefined) return SERVER_FILES.includes(module) || module.endsWith(".make.ts") ? [] : [{ rule: "known-kind", path: file.path, message: `not one of ${SERVER_FILES.join(", ")}; put it into a feature of a module` }];
  if (rest.length === 0) return isModuleFile(module, feature) ? [] : [{ rule: "known-kind", path: file.path, message: `directly in a module lie README.md and ${module}.{module,api,errors,make}.ts only; put it into a feature` }];
  if (rest[0] === "migrations" && rest.length === 2)
    return MIGRATION_FILE.test(file.name) ? [] : [{ rule: "known-kind", path: file.path, message: "a migration is named yyyymmdd_hhmm_what_it_does.sql (or .analytics.sql)" }];
  if (rest.length > 1) return [{ rule: "two-levels", path: file.path, message: "inside a module there are features and in them files; only migrations/ is a folder more" }];
  // A feature of the platform is what other modules import by its own name, so it has an api of its own.
  if (module === "platform" && file.name === `${feature}.api.ts`) return [];
  return FEATURE_FILE.test(file.name) ? [] : [{ rule: "known-kind", path: file.path, message: `unknown kind of file; kinds are ${KINDS.replaceAll("|", ", ")}, test, make and plain verbs, in small letters with hyphens` }];
};

const isModuleFile = (module: string, name: string): boolean => name === "README.md" || [`${module}.module.ts`, `${module}.api.ts`, `${module}.errors.ts`, `${module}.make.ts`].includes(name);

const checkTwins = (web: SourceFile[], server: SourceFile[]): Problem[] => {
  const features = new Set(server.map((file) => file.path.split("/").slice(1, 3).join("/")));
  const twins = new Set(web.filter((file) => file.path.split("/").length > 3).map((file) => file.path.split("/").slice(1, 3).join("/")));
  return [...twins]
    .filter((twin) => isModule(twin.split("/")[0] ?? "") && !features.has(twin))
    .map((twin) => ({ rule: "web-twin", path: `web/${twin}`, message: `there is no server/${twin}: a feature has the same name on both sides` }));
};

const checkWebFile = (file: SourceFile): Problem[] => {
  const [, module = "", feature, ...rest] = file.path.split("/");
  if (!isModule(module) || feature === undefined) return [];
  if (rest.length === 0)
    return [`${module}.screens.tsx`, `${module}.parts.ts`, `${module}.parts.tsx`, `${module}.beginnings.ts`].includes(feature) ? [] : [{ rule: "known-kind", path: file.path, message: `directly in a web module lie ${module}.screens.tsx, ${module}.parts.ts and ${module}.beginnings.ts only` }];
  if (rest.length > 1) return [{ rule: "two-levels", path: file.path, message: "inside a module there are features and in them files, no folders" }];
  return WEB_FEATURE_FILE.test(file.name) ? [] : [{ rule: "known-kind", path: file.path, message: "unknown kind of file; a component is PascalCase.tsx, the others <feature>.{data,texts,rules}.ts" }];
};

const checkWords = (file: SourceFile): Problem[] => {
  if (!file.name.endsWith(".texts.ts")) return [];
  const spaced = /(\d|\}\}) %/.exec(file.read());
  return spaced === null ? [] : [{ rule: "percent-sign", path: file.path, message: `writes "${spaced[0]}"; beside numbers of formatShare a percent sign follows at once` }];
};

const checkStamps = (server: SourceFile[]): Problem[] => {
  const migrations = server.filter((file) => file.path.includes("/migrations/") && MIGRATION_FILE.test(file.name));
  return migrations.flatMap((file, place) => {
    const stamp = file.name.slice(0, 13);
    const twin = migrations.slice(0, place).find((other) => other.name.startsWith(stamp) && other.name.includes(".analytics.") === file.name.includes(".analytics."));
    return twin === undefined ? [] : [{ rule: "unique-stamp", path: file.path, message: `has the same stamp as ${twin.path}, so their order is left to chance` }];
  });
};

const checkAnyFile = (file: SourceFile): Problem[] => {
  if (!/\.(tsx?|mjs|cjs)$/.test(file.name)) return [];
  const problems: Problem[] = [];
  if (VAGUE.test(file.name) || VAGUE_FOLDER.test(file.path)) problems.push({ rule: "named-after-a-noun", path: file.path, message: "a name that fits anything tells nothing; name the concept" });
  const text = file.read();
  const lines = text.trimEnd().split("\n").length;
  if (lines > LINES_MAX) problems.push({ rule: "file-length", path: file.path, message: `has ${lines} lines; at most ${LINES_MAX}. Two ideas that change at different times are two files` });
  if (SWITCHED_OFF.test(text)) problems.push({ rule: "no-switched-off-check", path: file.path, message: "a comment switches a check off; change the code, or the rule for everybody" });
  if (/^export \* /m.test(text)) problems.push({ rule: "no-export-star", path: file.path, message: "`export *` hides what is public; name it one by one" });
  return problems;
};

const checkServerExports = (root: string): Problem[] => {
  const manifest = listSourceFiles(root, "server").find((file) => file.path === "server/package.json");
  if (manifest === undefined) return [];
  const exported = [...manifest.read().matchAll(/"\.\/([^"]+)":/g)].map(([, name]) => name ?? "");
  return exported
    .filter((name) => !/\.(contract|rules)$/.test(name))
    .map((name) => ({ rule: "server-exports", path: manifest.path, message: `exports "./${name}"; only contracts and rules may be seen from outside` }));
};
