import { expect, test } from "vitest";
import { findCommand, listCommands } from "./commands.ts";

test("every command that the help lists is found by the name it bears", async () => {
  const listed = await listCommands();

  const found = await Promise.all(listed.map(({ name }) => findCommand(name)));

  expect(listed.length).toBeGreaterThan(0);
  expect(found).toEqual(listed);
});

test.each(["", "scores", "constructor"])('there is no command "%s"', async (name) => {
  expect(await findCommand(name)).toBeNull();
});
