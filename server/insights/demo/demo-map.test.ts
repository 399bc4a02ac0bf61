import { expect, test } from "vitest";
import { z } from "zod";
import { makeInstallation } from "../../firsthand.make.ts";
import { journeyMap, listedMap } from "../../journeys/maps/maps.contract.ts";
import { overlayReply } from "../../journeys/overlays/overlays.contract.ts";
import { drawDemoMap } from "./demo-map.rules.ts";
import { demoTouchpoints } from "./demo-touchpoints.rules.ts";
import { loadDemo } from "./demo.ts";

test("the map of the demo company stands on registered touchpoints alone", () => {
  const registered = new Set(demoTouchpoints.map(({ name }) => name));
  const { steps } = drawDemoMap();
  expect(steps.flatMap(({ matches, failures }) => [...matches, ...failures]).filter(({ touchpoint }) => !registered.has(touchpoint))).toEqual([]);
});

test("the demo company has its map, once, and it runs", async () => {
  const installation = await makeInstallation();
  try {
    const { owner } = await installation.makeOrganisation();
    const given = { seed: 5, scale: 0.1, now: installation.services.clock.now().getTime() };
    const { rows } = await installation.services.db.query<{ id: string }>("select id from people.accounts where email = $1", [owner.email]);
    const workspaceId = await loadDemo(installation.services, given, rows[0]?.id ?? "");
    await loadDemo(installation.services, given, rows[0]?.id ?? "");
    await owner.ask("PUT", "/api/session/workspace", { workspaceId });

    const { items } = z.object({ items: z.array(listedMap) }).parse((await owner.ask("GET", "/api/maps")).body);
    expect(items.map(({ name, state }) => [name, state])).toEqual([["Buying online", "as_is"]]);
    const map = journeyMap.parse((await owner.ask("GET", `/api/maps/${items[0]?.id}`)).body);
    expect(map.document).toEqual(drawDemoMap());
    const overlay = overlayReply.parse((await owner.ask("GET", `/api/maps/${map.id}/overlay`)).body);
    expect(overlay.steps.filter(({ customers }) => customers === 0)).toEqual([]);
  } finally {
    await installation.stop();
  }
}, 120_000);
