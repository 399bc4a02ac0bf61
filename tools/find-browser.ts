// Finds a Chromium for browser tests and pictures, on a fresh machine with or without apt:
// 1 CHROMIUM_PATH, 2 the system's, 3 apt (as root), 4 the one inside the npm package @sparticuz/chromium.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

export type Browser = { executablePath: string; from: "system" | "apt" | "npm"; args: string[]; env: Record<string, string> };

// The same pictures everywhere, no network of its own, and no sandbox, which root and most containers cannot have.
const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
  "--disable-dev-shm-usage", "--font-render-hinting=none", "--force-color-profile=srgb", "--hide-scrollbars",
];
// First the one without windows of its own: it takes half the time to start.
const SYSTEM = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];
// Not among the project's packages: 70 MB that only a test machine without a browser needs. Chromium of the same year as playwright-core's.
const NPM_PACKAGE = "@sparticuz/chromium@153.0.0";

/** What playwright's `chromium.launch` needs; installs a browser when there is none.
 *  @throws when every way fails, naming the way out */
export const findBrowser = (): Browser => {
  const own = findSystemBrowser();
  if (own !== undefined) return describe(own, "system");
  const fromApt = installByApt();
  if (fromApt !== undefined) return describe(fromApt, "apt");
  return installByNpm();
};

const describe = (executablePath: string, from: Browser["from"], more: Record<string, string> = {}): Browser => ({ executablePath, from, args: FLAGS, env: { ...plainEnvironment(), ...more } });

const plainEnvironment = (): Record<string, string> => Object.fromEntries(Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));

const findSystemBrowser = (): string | undefined => [process.env["CHROMIUM_PATH"] ?? "", ...SYSTEM].find((path) => path !== "" && existsSync(path));

const installByApt = (): string | undefined => {
  if (process.getuid?.() !== 0 || spawnSync("apt-get", ["--version"]).status !== 0) return undefined;
  console.error("Installing Chromium with apt (only once) ...");
  const options = { stdio: "ignore", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } } as const;
  const waitForOthers = ["-o", "DPkg::Lock::Timeout=300"];
  spawnSync("apt-get", [...waitForOthers, "update", "-qq"], options);
  for (const name of ["chromium-headless-shell", "chromium"]) {
    spawnSync("apt-get", [...waitForOthers, "install", "-y", "-qq", "--no-install-recommends", name, "fonts-liberation", "fonts-noto-color-emoji"], options);
    const installed = findSystemBrowser();
    if (installed !== undefined) return installed;
  }
  return undefined;
};

// Unpacked by a program of its own, because the package sets library paths in its environment that nothing but the browser may see.
const UNPACK = `
  import chromium from "@sparticuz/chromium";
  const executablePath = await chromium.executablePath();
  const { LD_LIBRARY_PATH = "", FONTCONFIG_PATH = "" } = process.env;
  process.stdout.write([executablePath, LD_LIBRARY_PATH, FONTCONFIG_PATH].join("\\n"));`;

const installByNpm = (): Browser => {
  const folder = join(process.env["XDG_CACHE_HOME"] ?? (homedir() === "/" ? tmpdir() : join(homedir(), ".cache")), "firsthand-browser");
  const unpacked = join(folder, "unpacked");
  mkdirSync(unpacked, { recursive: true });
  try {
    if (!existsSync(join(folder, "node_modules", "@sparticuz", "chromium"))) {
      console.error("Installing Chromium with npm (only once) ...");
      execFileSync("npm", ["install", "--prefix", folder, "--force", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", NPM_PACKAGE], { stdio: ["ignore", "ignore", "inherit"] });
    }
    const env = { ...process.env, TMPDIR: unpacked, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs20.x" };
    const said = execFileSync(process.execPath, ["--input-type=module", "-e", UNPACK], { cwd: folder, env, encoding: "utf8" });
    const [executablePath = "", LD_LIBRARY_PATH = "", FONTCONFIG_PATH = ""] = said.split("\n");
    return describe(executablePath, "npm", { LD_LIBRARY_PATH, FONTCONFIG_PATH });
  } catch (error) {
    throw new Error("No browser was found and none could be installed. Install Chromium and set CHROMIUM_PATH to it.", { cause: error });
  }
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) console.log(findBrowser().executablePath);
