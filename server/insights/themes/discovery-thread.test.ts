import { expect, test, vi } from "vitest";
import type { ThemeComment } from "@firsthand/text";
import { openDiscoveryThread } from "./discovery-thread.ts";

const comment = (text: string): ThemeComment => ({ text, language: "en", isBad: false, people: [] });
const open = () => openDiscoveryThread(new URL("./dying-discovery.make.ts", import.meta.url));
const ignore = (): void => undefined;

test.each([
  ["throw", "No memory is left."],
  ["exit", "The search for themes ended by itself."],
])("a thread that dies of comments handed over (%s) ends the search and not the server", async (word, said) => {
  const thread = open();
  thread.add([comment(word)]);

  await vi.waitFor(() => expect(() => thread.add([comment("fine")])).toThrow(said), { timeout: 20_000, interval: 5 });
  await expect(thread.discover(1, ignore)).rejects.toThrow(said);
  await thread.close();
});

test("a thread that answers nonsense ends the search alone", async () => {
  const thread = open();
  thread.add([comment("fine")]);
  await expect(thread.discover(1, ignore)).rejects.toThrow("found what are no themes");
  await thread.close();
});
