// What tests of alerts stand on: one installation for a file, whose clock goes where a test wants it, and an organisation of its own for each test.
import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import type { z } from "zod";
import { makeInstallation, type Installation, type Organisation } from "../../firsthand.make.ts";
import { alertsReply, madeRule, type Alert } from "./alerts.contract.ts";
import { lookByDueRules } from "./looking.ts";

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
export type AlertStand = {
  readonly firsthand: Installation;
  readonly organisation: Organisation;
  readonly clock: { at: Date };
  /** Asks as a manager, and expects that to succeed unless another status is given. */
  ask: (method: Method, url: string, body?: unknown, status?: number) => Promise<unknown>;
  makeRule: (rule: object) => Promise<z.infer<typeof madeRule>>;
  /** Lets the rules look at that time.
   *  @returns every alert there is then */
  look: (at: string) => Promise<Alert[]>;
};

const BEGINS = "2027-06-27T09:00:00Z";

/** To be called once, at the top of a file: says what happens before and after its tests. */
export const standForAlerts = (): AlertStand => {
  const clock = { at: new Date(BEGINS) };
  let firsthand: Installation;
  let organisation: Organisation;
  beforeAll(async () => {
    firsthand = await makeInstallation({ clock: { now: () => clock.at } });
  });
  afterAll(() => firsthand.stop());
  beforeEach(async () => {
    clock.at = new Date(BEGINS);
    organisation = await firsthand.makeOrganisation();
  });
  const ask: AlertStand["ask"] = async (method, url, body, status = method === "POST" ? 201 : 200) => {
    const reply = await organisation.manager.ask(method, url, body);
    expect(reply.status, reply.text).toBe(status);
    return reply.body;
  };
  return {
    get firsthand() { return firsthand; },
    get organisation() { return organisation; },
    clock, ask,
    makeRule: async (rule) => madeRule.parse(await ask("POST", "/api/alert-rules", rule)),
    look: async (at) => {
      clock.at = new Date(at);
      await firsthand.settle();
      await lookByDueRules(firsthand.services);
      return alertsReply.parse(await ask("GET", "/api/alerts?limit=100")).items;
    },
  };
};
