import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeInstallation, type Installation } from "../server/firsthand.make.ts";
import { makeCommandFolder, type CommandFolder } from "./commands.make.ts";

let installation: Installation;
let at: CommandFolder;
let key = "";

beforeAll(async () => {
  installation = await makeInstallation({ listen: true });
  key = await installation.makeApiKey(await installation.makeOrganisation(), ["imports.read", "imports.change"]);
  at = await makeCommandFolder("import");
});
afterAll(async () => {
  await installation.stop();
  await at.remove();
});

const run = (words: readonly string[], environment: Record<string, string> = { FIRSTHAND_KEY: key, FIRSTHAND_URL: installation.address }) => at.run(["import", ...words], "", environment);
const orders = "customer_id,when,nps\n1001,2024-01-01,9\n1002,2024-01-02,3\n1003,2024-01-03,7\n1004,2024-01-04,10\n1005,2024-01-05,6\n";

describe("firsthand import", () => {
  test("imports a file as guessed; a second time it adds nothing", async () => {
    await at.write("orders.csv", orders);
    const first = await run(["orders.csv"]);
    const second = await run(["orders.csv"]);

    expect(first.code).toBe(0);
    expect(JSON.parse(first.data)).toMatchObject({ state: "done", rowsRead: 5, rowsAccepted: 5, perceptionsAdded: 5, fault: null });
    expect(JSON.parse(second.data)).toMatchObject({ rowsAccepted: 0, rowsRepeated: 5, rowsLeftOut: 0 });
    expect(first.said).toContain("Uploading orders.csv");
  });

  test("prints the guess, which can be changed and given back", async () => {
    await at.write("guess.csv", orders.replaceAll("100", "200"));
    const guess = await run(["guess.csv", "--guess"]);
    const mapping: unknown = JSON.parse(guess.data);
    await at.write("map.json", guess.data.replace("\"max\": 10", "\"max\": 8"));
    const imported = await run(["guess.csv", "--map", "map.json", "--errors", "refused.csv"]);

    expect(guess.code).toBe(0);
    expect(mapping).toMatchObject({ source: "guess", columns: [{ column: "customer_id" }, { column: "when", use: { use: "time" } }, { column: "nps", use: { kind: "nps" } }] });
    expect(imported.code).toBe(3);
    expect(JSON.parse(imported.data)).toMatchObject({ rowsAccepted: 3, rowsRefused: 2 });
    expect(await readFile(join(at.folder, "refused.csv"), "utf8")).toContain("2,score_out_of_range,");
  });

  test("counts without importing", async () => {
    await at.write("dry.csv", `${orders}1006,soon,4\n`);
    const dry = await run(["dry.csv", "--dry-run"]);

    expect(JSON.parse(dry.data)).toMatchObject({ rows: 6, accepted: 5, refused: 1, refusals: [{ code: "time_unreadable", example: { row: 7 } }] });
    expect(dry.code).toBe(3);
  });

  test.each<[string, readonly string[], Record<string, string>, number, string]>([
    ["without a key", ["orders.csv"], { FIRSTHAND_KEY: "" }, 2, "--key is missing"],
    ["without a file", [], {}, 2, "missing"],
    ["with a file that is not there", ["nowhere.csv", "--key", "fhk_irrelevant-irrelevant"], {}, 1, "cannot be read"],
    ["with a wrong address", ["orders.csv", "--key", "fhk_irrelevant-irrelevant", "--server", "ftp://x"], {}, 2, "is no address"],
    ["with no server there", ["orders.csv", "--key", "fhk_irrelevant-irrelevant", "--server", "http://127.0.0.1:9"], {}, 1, "cannot be reached"],
  ])("%s says what is wrong", async (_name, words, environment, code, message) => {
    const result = await run(words, environment);

    expect(result).toMatchObject({ code, data: "" });
    expect(result.said).toContain(message);
  });

  test("with a wrong key or a file that is no table says so in the server's words", async () => {
    await at.write("page.html", "<html></html>");

    expect(await run(["orders.csv", "--key", "fhk_wrong-wrong-wrong"])).toMatchObject({ code: 1, said: expect.stringContaining("Sign in") });
    expect(await run(["page.html"])).toMatchObject({ code: 1, said: expect.stringContaining("no event log") });
  });
});
