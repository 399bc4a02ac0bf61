import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { expect, test, vi } from "vitest";
import { askAgain } from "./fresh.ts";

type Asking = (value: string) => void;

/** A query that is shown, and what it is answered with, asking by asking. */
const show = (): { client: QueryClient; askings: Asking[]; shown: () => unknown } => {
  const client = new QueryClient();
  const askings: Asking[] = [];
  const observer = new QueryObserver(client, { queryKey: ["comments", "list"], queryFn: () => new Promise<string>((resolve) => askings.push(resolve)) });
  observer.subscribe(() => undefined);
  return { client, askings, shown: () => observer.getCurrentResult().data };
};

test("what changed while it was asked for the first time is asked once more", async () => {
  const { client, askings, shown } = show();
  const asked = askAgain(client, ["comments"], "active");
  askings[0]?.("before the change");
  await vi.waitFor(() => expect(askings).toHaveLength(2));
  askings[1]?.("after it");
  await asked;
  expect(shown()).toBe("after it");
});

test("what was answered is asked again once", async () => {
  const { client, askings, shown } = show();
  askings[0]?.("before the change");
  await vi.waitFor(() => expect(shown()).toBe("before the change"));
  const asked = askAgain(client, ["comments"], "active");
  await vi.waitFor(() => expect(askings).toHaveLength(2));
  askings[1]?.("after it");
  await asked;
  expect([shown(), askings.length]).toEqual(["after it", 2]);
});
