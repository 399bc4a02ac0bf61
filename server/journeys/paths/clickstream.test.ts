// The acceptance test of the mined paths: a real import of 31,106 interactions must give the figures two other programs gave.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importDetail } from "../../customers/imports/imports.contract.ts";
import { makeInstallation, type Installation, type Organisation } from "../../firsthand.make.ts";
import { effectsReply, type Effect } from "../effects/effects.contract.ts";
import { isReadable } from "./graph-frame.rules.ts";
import { flowReply, funnelReply, graphReply, returnReply, variantsReply, type FunnelReply, type GraphReply, type VariantsReply } from "./paths.contract.ts";

const file = join(dirname(fileURLToPath(import.meta.url)), "../../../../shared/data/eventlogs/ecom-clickstream.csv.gz");
const title = existsSync(file) ? "the paths of a shop's clickstream" : `the paths of a shop's clickstream (skipped: it is not at ${file})`;
if (!existsSync(file)) process.stderr.write(`SKIPPED: the paths of a shop's clickstream. It is not at ${file}.\n`);

describe.skipIf(!existsSync(file))(title, () => {
  let firsthand: Installation;
  let organisation: Organisation;

  const ask = async (question: string): Promise<unknown> => {
    const reply = await organisation.viewer.ask("GET", `/api/paths/${question}${question.includes("?") ? "&" : "?"}from=2024-01-01&to=2024-07-01${question.includes("level=") ? "" : "&level=name"}`);
    if (reply.status !== 200) throw new Error(reply.text);
    return reply.body;
  };
  const graph = async (query: string): Promise<GraphReply> => graphReply.parse(await ask(`graph?${query}`));
  const variants = async (query: string): Promise<VariantsReply> => variantsReply.parse(await ask(`variants?${query}`));
  const funnel = async (query: string): Promise<FunnelReply> => funnelReply.parse(await ask(`funnel?${["product_view", "add_to_cart", "cart", "shipping_details", "payment_details", "purchase"].map((name) => `step=${name}`).join("&")}&${query}`));
  const countOf = ({ nodes, edges }: GraphReply, from: string, to: string): number | undefined => {
    const id = (name: string): string | undefined => nodes.find((node) => node.name === name)?.id;
    return edges.find((edge) => edge.from === id(from) && edge.to === id(to))?.count;
  };

  beforeAll(async () => {
    firsthand = await makeInstallation();
    organisation = await firsthand.makeOrganisation();
    const sent = await organisation.manager.ask("POST", "/api/imports?name=clickstream.csv", gunzipSync(readFileSync(file)), { "content-type": "application/octet-stream" });
    const { id } = importDetail.parse(sent.body);
    await organisation.manager.ask("POST", `/api/imports/${id}/run`);
    for (let tries = 0; tries < 3_000; tries += 1) {
      if (importDetail.parse((await organisation.manager.ask("GET", `/api/imports/${id}`)).body).state === "done") break;
      await pause(20);
    }
    await firsthand.settle();
  }, 120_000);
  afterAll(() => firsthand.stop());

  test("by customer are 338 connections between 19 kinds of step, 30,506 times taken", async () => {
    const found = await graph("detail=1");

    expect(found.totals).toEqual({ steps: 31_106, paths: 600, customers: 600, names: 19, edges: 338, transitions: 30_506, startNames: 11, endNames: 18, ofNobody: 0 });
    expect([countOf(found, "catalog", "product_view"), countOf(found, "product_view", "catalog"), countOf(found, "product_view", "product_view")]).toEqual([1_751, 1_561, 1_401]);
    expect(found.nodes.reduce((sum, { starts }) => sum + starts, 0)).toBe(600);
    expect(found.nodes.reduce((sum, { ends }) => sum + ends, 0)).toBe(600);
  });

  test("are drawn at first as far as they can be read in the frame of a laptop", async () => {
    const frame = { width: 950, height: 700 };
    const first = await graph(`width=${frame.width}&height=${frame.height}`);

    expect([first.nodes.length > 12, isReadable(frame, first)]).toEqual([true, true]);
  });

  test.each(["cut=session", "cut=object&object=session_id"])("by visit (%s) are 336 connections, 27,501 times taken", async (cut) => {
    const found = await graph(`detail=1&${cut}`);

    expect(found.totals).toMatchObject({ steps: 31_106, paths: 3_605, customers: 600, names: 19, edges: 336, transitions: 27_501, startNames: 16, endNames: 19 });
  });

  test("are 600 variants by customer and 3,003 by visit", async () => {
    expect(await variants("cut=customer")).toMatchObject({ paths: 600, variants: 600, steps: 31_106 });
    expect(await variants("cut=session")).toMatchObject({ paths: 3_605, variants: 3_003, steps: 31_106 });
    expect(await variants("cut=object&object=session_id")).toMatchObject({ paths: 3_605, variants: 3_003, steps: 31_106 });
  });

  test("lead 114 customers and 15 visits from looking to buying, each step after the one before", async () => {
    expect((await funnel("cut=customer")).steps.map(({ paths }) => paths)).toEqual([598, 517, 429, 329, 222, 114]);
    expect((await funnel("cut=session")).steps.map(({ paths }) => paths)).toEqual([2_868, 944, 477, 194, 72, 15]);
  });

  test("narrow to those who bought after an error in the payment: 17 of 87 customers, 7 of 95 visits", async () => {
    const met = (await graph("passes=payment_error")).totals.paths;
    const bought = (await graph("followsFirst=payment_error&followsThen=purchase&followsHow=later")).totals.paths;
    const metVisits = (await graph("cut=session&passes=payment_error")).totals.paths;
    const boughtVisits = (await graph("cut=session&followsFirst=payment_error&followsThen=purchase&followsHow=later")).totals.paths;

    expect({ met, bought, metVisits, boughtVisits }).toEqual({ met: 87, bought: 17, metVisits: 95, boughtVisits: 7 });
  });

  test("come back in the ninth, eleventh and twelfth week as often as is known of, however long ago the log ended", async () => {
    const reply = await organisation.viewer.ask("GET", "/api/paths/retention?from=2024-01-01&to=2025-06-01&unit=week&most=12");
    const { customers, points } = returnReply.parse(reply.body);

    expect(customers).toBe(600);
    expect([9, 11, 12].map((week) => [points[week - 1]?.eligible, points[week - 1]?.share?.toFixed(3)])).toEqual([[476, "0.282"], [399, "0.236"], [364, "0.272"]]);
  });

  test("flow from each step to the next without losing anybody", async () => {
    const { paths, nodes, links } = flowReply.parse(await ask("flow?cut=session&steps=6&perStep=5"));

    expect(paths).toBe(3_605);
    for (const node of nodes.filter(({ step, kind }) => step < 6 && kind !== "left")) expect(links.filter(({ from }) => from === node.id).reduce((sum, link) => sum + link.paths, 0)).toBe(node.paths);
    for (const node of nodes.filter(({ step }) => step > 1)) expect(links.filter(({ to }) => to === node.id).reduce((sum, link) => sum + link.paths, 0)).toBe(node.paths);
  });

  test("cost customers at the payment error: 17 of 87 bought after it against 279 of 303 without it, by visit 7 of 95 against 459 of 537", async () => {
    const errorIn = async (query: string): Promise<Effect | undefined> => effectsReply.parse(await ask(`effects?outcome=goal&goal=purchase&${query}`)).items.find(({ kind, node }) => kind === "touchpoint" && node === "payment_error");
    const [customers, visits] = [await errorIn("cut=customer"), await errorIn("cut=object&object=session_id")];

    expect(customers).toMatchObject({ point: "payment_details", with: { count: 87, mean: 17 / 87 }, without: { count: 303, mean: 279 / 303 }, verdict: "worse" });
    expect(visits).toMatchObject({ point: "payment_details", with: { count: 95, mean: 7 / 95 }, without: { count: 537, mean: 459 / 537 } });
  });

  test("rank routes by visit: of 376 that went back to the catalog and looked again 18 bought after it, of 2,492 that looked without it 426", async () => {
    const { routes } = effectsReply.parse(await ask("effects?outcome=goal&goal=purchase&cut=object&object=session_id"));

    expect(routes.items[0]).toMatchObject({ steps: ["product_view", "catalog", "product_view"], isFromStart: false, point: "product_view", with: { count: 376, mean: 18 / 376 }, without: { count: 2_492, mean: 426 / 2_492 }, verdict: "worse" });
    expect(routes.items.find(({ steps, isFromStart }) => isFromStart && steps.join(" ") === "home catalog product_view")).toMatchObject({ verdict: "worse" });
  });

  test("tell the same by touchpoints, as names are guessed", async () => {
    const problemIn = async (query: string): Promise<Effect | undefined> => effectsReply.parse(await ask(`effects?level=touchpoint&outcome=goal&goal=${encodeURIComponent("Order placed")}&${query}`)).items.find(({ kind, node }) => kind === "touchpoint" && node === "Payment problem");
    const [customers, visits] = [await problemIn("cut=customer"), await problemIn("cut=object&object=session_id")];

    expect(customers).toMatchObject({ point: "Payment details", with: { count: 87, mean: 17 / 87 }, without: { count: 303, mean: 279 / 303 }, verdict: "worse" });
    expect(visits).toMatchObject({ point: "Payment details", with: { count: 95, mean: 7 / 95 }, without: { count: 537, mean: 459 / 537 }, verdict: "worse" });
  });
});
