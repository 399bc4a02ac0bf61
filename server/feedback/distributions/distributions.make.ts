// Builders for tests: state only what matters, the rest is sound.
import { vi, expect } from "vitest";
import type { Email } from "postal-mime";
import { z } from "zod";
import type { Client, Installation, Organisation } from "../../firsthand.make.ts";
import type { TestMailServer } from "../../platform/mail/smtp.make.ts";
import { Distribution } from "./distributions.contract.ts";

/** Changes the contact policy, which is otherwise as it comes. */
export const setPolicy = async (organisation: Organisation, change: Record<string, unknown>): Promise<void> => {
  const { policy } = z.looseObject({ policy: z.record(z.string(), z.unknown()) }).parse((await organisation.admin.ask("GET", "/api/contact-policy")).body);
  const reply = await organisation.admin.ask("PUT", "/api/contact-policy", { ...policy, ...change });
  if (reply.status !== 200) throw new Error(`The contact policy was answered with ${reply.status}: ${reply.text}`);
};

/** Settings of a distribution by mail that starts now. */
export const makeSettings = (given: Record<string, unknown> = {}): Record<string, unknown> => ({ channel: "email", kind: "transactional", schedule: { kind: "now" }, tooFastSeconds: 0, ...given });

export const makeDistribution = async (member: Client, given: { surveyId: string; name?: string; addresses?: readonly string[]; settings?: Record<string, unknown> }): Promise<Distribution> => {
  const reply = await member.ask("POST", "/api/distributions", {
    surveyId: given.surveyId, name: given.name ?? "Irrelevant wave", settings: makeSettings(given.settings), ...(given.addresses === undefined ? {} : { addresses: given.addresses }),
  });
  if (reply.status !== 201) throw new Error(`The distribution was answered with ${reply.status}: ${reply.text}`);
  return Distribution.parse(reply.body);
};

export const startDistribution = async (member: Client, id: string): Promise<Distribution> => {
  const reply = await member.ask("POST", `/api/distributions/${id}/start`);
  if (reply.status !== 200) throw new Error(`The start was answered with ${reply.status}: ${reply.text}`);
  return Distribution.parse(reply.body);
};

/** Waits for the mails to an address and reads the last of them. */
export const awaitMail = async (server: TestMailServer, address: string, count = 1): Promise<Email> => {
  await vi.waitFor(() => expect(server.received.filter(({ to }) => to.includes(address))).toHaveLength(count), { timeout: 30_000, interval: 100 });
  const last = (await server.readFor(address)).at(-1);
  if (last === undefined) throw new Error(`No mail to ${address}.`);
  return last;
};

/** Links of a mail by their visible words. */
export const linksIn = (email: Email): { url: string; label: string; isHidden: boolean }[] =>
  [...(email.html ?? "").matchAll(/<a [^>]*href="([^"]+)"[^>]*>([^<]*)<\/a>/g)].map(([tag, url = "", label = ""]) => ({
    url: url.replaceAll("&#38;", "&"), label, isHidden: tag.includes("tabindex=\"-1\""),
  }));

export const pathOf = (url: string): string => url.replace(/^https?:\/\/[^/]+/, "");

/** Presses the button of a confirmation, as the script of the page does. */
export const confirm = (installation: Installation, url: string) => {
  const asked = new URL(url, "http://irrelevant.example");
  const form = new URLSearchParams({ q: asked.searchParams.get("q") ?? "", a: asked.searchParams.get("a") ?? "" });
  return installation.nobody.ask("POST", asked.pathname, form.toString(), { "content-type": "application/x-www-form-urlencoded" });
};
