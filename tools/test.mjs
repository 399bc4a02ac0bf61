// npm test: installs what is missing (a browser too), checks the rules, runs every test and ends with one line that counts them all.
// npm test -- server/feedback   runs only the tests whose path contains that.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { buildIfStale } from "./build.mjs";
import { runInOurPlace } from "./child.mjs";
import { ensureInstalled, findPinnedNode, requireNode } from "./installation.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const main = async (filters) => {
  requireNode();
  await ensureInstalled(root);
  const node = findPinnedNode(root);
  const reports = mkdtempSync(join(tmpdir(), "firsthand-test-"));
  try {
    const counts = [await build(), await findBrowser(node)];
    if (filters.length === 0) counts.push(await check(node, join(reports, "check.json")));
    counts.push(await runTests(node, join(reports, "tests.json"), filters));
    return report(counts);
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
};

const check = async (node, file) => {
  const code = await runInOurPlace(node, [join(root, "tools", "check.ts"), "--report", file], { cwd: root });
  return readCounts(file, code, (result) => ({ ...NOTHING, passed: result.passed, failed: result.failed }));
};

const NOTHING = { passed: 0, failed: 0, skipped: 0, shaky: [] };
const FAILURE = { ...NOTHING, failed: 1 };

// Neither counts when it succeeds: it is not a test. Without them the browser tests say more than this script could.
const build = async () => {
  try {
    await buildIfStale(root);
    return NOTHING;
  } catch (error) {
    console.error(error.message);
    return FAILURE;
  }
};

const findBrowser = async (node) => ((await runInOurPlace(node, [join(root, "tools", "find-browser.ts")], { cwd: root, stdio: ["inherit", "ignore", "inherit"] })) === 0 ? NOTHING : FAILURE);

const runTests = async (node, file, filters) => {
  const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
  // Servers, databases and browsers share a small machine: what fails is run once more. What passes only then is named and counted at the end.
  const flags = ["run", "--retry=1", "--reporter=default", "--reporter=json", `--outputFile.json=${file}`, ...filters];
  // Programs that tests start by name must be the pinned ones too.
  const env = { ...process.env, PATH: `${dirname(node)}:${join(root, "node_modules", ".bin")}:${process.env.PATH}`, CI: process.env.CI ?? "true" };
  const code = await runInOurPlace(node, [vitest, ...flags], { cwd: root, env });
  return readCounts(file, code, (result) => {
    const brokenFiles = result.testResults.filter((one) => one.status === "failed" && one.assertionResults.every((test) => test.status !== "failed")).length;
    const shaky = result.testResults.flatMap((one) => one.assertionResults.filter((test) => test.status === "passed" && test.failureMessages.length > 0).map((test) => `${relative(root, one.name)}: ${test.fullName}\n${test.failureMessages[0]}`));
    return { passed: result.numPassedTests, failed: result.numFailedTests + brokenFiles, skipped: result.numPendingTests + result.numTodoTests, shaky };
  });
};

// A run that failed without naming a failed test (a crash, an error outside of tests) counts as one failure.
const readCounts = (file, code, read) => {
  if (!existsSync(file)) return FAILURE;
  const counts = read(JSON.parse(readFileSync(file, "utf8")));
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
};

const report = (counts) => {
  const sum = (key) => counts.reduce((total, count) => total + count[key], 0);
  const skipped = sum("skipped");
  const shaky = counts.flatMap((count) => count.shaky);
  if (shaky.length > 0) console.log(`\nPassed only when run once more; mend what makes them shaky:\n${shaky.join("\n")}`);
  console.log(`\n${sum("passed")} passed, ${sum("failed")} failed${skipped > 0 ? `, ${skipped} skipped` : ""}${shaky.length > 0 ? `, ${shaky.length} only when run once more` : ""}`);
  return sum("failed") === 0 && sum("passed") > 0 ? 0 : 1;
};

process.exit(await main(process.argv.slice(2)));
