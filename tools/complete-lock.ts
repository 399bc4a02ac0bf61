// Adds to package-lock.json the packages of other platforms that npm left out, so that npm ci works on every platform.
// npm leaves them out where node_modules is already there, and where a mirror of the registry lags behind; run this after npm install.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";

const Lock = z.object({ packages: z.record(z.string(), z.object({ optionalDependencies: z.record(z.string(), z.string()).optional() })) });
type Lock = z.infer<typeof Lock>;
const Anything = z.record(z.string(), z.unknown());

const PLATFORM = /(android|darwin|freebsd|linux|openharmony|win32|win)-(arm64|arm|x64|ia32|ppc64|riscv64|s390x)(?:-(gnu|musl|msvc|eabi|gnueabihf|musleabihf))?$/;
const LIBC: Record<string, string> = { gnu: "glibc", gnueabihf: "glibc", musl: "musl", musleabihf: "musl" };

/** The optional packages that others in the lock file name and that have no entry of their own, with the version named. */
export const listMissingPackages = (lock: Lock): Map<string, string> => {
  const known = new Set(Object.keys(lock.packages).map((path) => path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length)));
  const named = Object.values(lock.packages).flatMap(({ optionalDependencies }) => Object.entries(optionalDependencies ?? {}));
  return new Map(named.filter(([name]) => !known.has(name)));
};

/** The lock file with an entry for every missing package, as npm writes them: bound to its platform, so that others never download it. */
export const completeLock = (text: string): string => {
  const lock = Anything.parse(JSON.parse(text));
  const added = [...listMissingPackages(Lock.parse(lock))].map(([name, version]) => [`node_modules/${name}`, { version, optional: true, ...describePlatform(name) }] as const);
  const packages = [...Object.entries(Anything.parse(lock.packages)), ...added].sort(([one], [other]) => one.localeCompare(other, "en"));
  return `${JSON.stringify({ ...lock, packages: Object.fromEntries(packages) }, null, 2)}\n`;
};

const describePlatform = (name: string): Record<string, string[]> => {
  const [, system = "", processor = "", library = ""] = PLATFORM.exec(name) ?? [];
  if (system === "") throw new Error(`The name of the package ${name} does not tell its platform; add its entry by hand.`);
  const libc = LIBC[library];
  return { os: [system === "win" ? "win32" : system], cpu: [processor], ...(libc === undefined ? {} : { libc: [libc] }) };
};

const main = (): void => {
  const file = join(dirname(import.meta.dirname), "package-lock.json");
  const text = readFileSync(file, "utf8");
  writeFileSync(file, completeLock(text));
  console.log(`${listMissingPackages(Lock.parse(JSON.parse(text))).size} packages of other platforms added to package-lock.json.`);
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) main();
