import { renderToString } from "react-dom/server";
import { Suspense } from "react";
import { expect, test } from "vitest";
import { loadable } from "./loadable.tsx";

const Greeting = ({ name }: { name: string }) => <p>Hello {name}</p>;

test("a part that was fetched before is drawn at once, one that was not is waited for", async () => {
  const { Part, load } = loadable(async () => Greeting);
  const draw = () => renderToString(<Suspense fallback="waiting"><Part name="Maria" /></Suspense>);
  expect(draw()).toContain("waiting");
  await load();
  expect(draw()).toContain("Maria");
});

test("a part that could not be fetched is fetched again", async () => {
  let tries = 0;
  const { load } = loadable(async () => {
    tries += 1;
    if (tries === 1) throw new Error("broken off");
    return Greeting;
  });
  await expect(load()).rejects.toThrow("broken off");
  expect(await load()).toBe(Greeting);
});
