import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { snippetFor } from "../web/people/keys/snippets.ts";
import { listSourceFiles } from "./source-files.ts";

const root = dirname(import.meta.dirname);
const documents = [...listSourceFiles(root, "docs"), ...listSourceFiles(root, "deploy"), ...listSourceFiles(root, "server"), ...listSourceFiles(root, "web"), ...["README", "CONTRIBUTING", "STYLE", "GLOSSARY", "CHANGELOG"].flatMap((name) => listSourceFiles(root, "").filter((file) => file.path === `${name}.md`))].filter((file) => file.name.endsWith(".md"));

test("the root documents and guides are there", () => {
  for (const path of ["README.md", "CONTRIBUTING.md", "STYLE.md", "GLOSSARY.md", "CHANGELOG.md", "LICENSE", "docs/guides/read-the-code.md"]) expect(existsSync(join(root, path)), path).toBe(true);
});

test.each(documents.map((file) => [file.path, file] as const))("every link in %s leads to a file that exists", (_path, file) => {
  const links = [...file.read().matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)/g)].map(([, link]) => link ?? "");

  expect(links.filter((link) => !existsSync(join(root, dirname(file.path), link)))).toEqual([]);
});

test("the guide names only files that exist", () => {
  const guide = documents.find((file) => file.path === "docs/guides/read-the-code.md")?.read() ?? "";
  const paths = [...guide.matchAll(/`((?:server|web|widget|tools)\/[\w/.-]+\.\w+)`/g)].map(([, path]) => path ?? "");

  expect(paths.length).toBeGreaterThan(5);
  expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test("the guide and the README show the first event as the app does", () => {
  const read = (path: string): string => documents.find((file) => file.path === path)?.read() ?? "";

  expect(read("docs/guides/send-events.md")).toContain(snippetFor("Browser", { host: "https://firsthand.example", key: "YOUR_WRITE_KEY" }));
  expect(read("README.md")).toContain(snippetFor("curl", { host: "http://127.0.0.1:4400", key: "YOUR_WRITE_KEY" }).split("\n").at(-1)?.trim());
});

test("decisions are numbered without gaps", () => {
  const numbers = listSourceFiles(root, "docs/decisions").map((file) => Number(file.name.slice(0, 4))).filter((number) => !Number.isNaN(number));

  expect(numbers).toEqual(numbers.map((_number, place) => place + 1));
});
