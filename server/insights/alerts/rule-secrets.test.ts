import { afterAll, beforeAll, expect, test } from "vitest";
import { makeInstallation, type Installation, type Organisation } from "../../firsthand.make.ts";
import { madeRule } from "./alerts.contract.ts";

let firsthand: Installation;
let organisation: Organisation;

beforeAll(async () => {
  firsthand = await makeInstallation();
  organisation = await firsthand.makeOrganisation();
});
afterAll(() => firsthand.stop());

test("the address of a webhook is sealed and its host alone is shown; messages are signed anew only for another address", async () => {
  const { manager, owner, viewer } = organisation;
  const [host, address] = ["hooks.example:8443", "https://name:word@hooks.example:8443/catch/secret-of-the-address"];
  const made = madeRule.parse((await manager.ask("POST", "/api/alert-rules", { what: "ces", direction: "both", hookUrl: address })).body);
  const change = async (given: object) => madeRule.parse((await manager.ask("PATCH", `/api/alert-rules/${made.id}`, given)).body);
  expect(made).toMatchObject({ hookHost: host, hookSecret: expect.stringMatching(/^fha_/u) });

  expect(await change({ hookUrl: address, name: "Ease" })).toMatchObject({ name: "Ease", hookHost: host, hookSecret: null });
  const { rows } = await firsthand.services.db.query("select rule.*::text as row from insights.alert_rules rule where id = $1", [made.id]);
  const shown = await Promise.all([owner, viewer].flatMap((who) => ["/api/alert-rules", `/api/alert-rules/${made.id}`].map((url) => who.ask("GET", url))));
  expect(shown.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(JSON.stringify([rows, shown.map(({ text }) => text)])).not.toMatch(/secret-of-the-address|name:word/u);
  expect(await change({ hookUrl: `${address}-2` })).toMatchObject({ hookHost: host, hookSecret: expect.stringMatching(/^fha_/u) });
  expect(await change({ hookUrl: null })).toMatchObject({ hookHost: null, hookSecret: null });
});
