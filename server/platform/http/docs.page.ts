// The readable page of the API description: plain HTML, no script, made from the same document as /api/openapi.json.
import { escapeHtml } from "./html.rules.ts";

type Operation = { summary?: unknown; tags?: unknown; description?: unknown; parameters?: unknown; requestBody?: unknown };

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
const text = (value: unknown): string => escapeHtml(typeof value === "string" ? value : "");

const operationHtml = (path: string, method: string, operation: Operation): string => {
  const parameters = Array.isArray(operation.parameters) ? operation.parameters.filter(isObject) : [];
  const rows = parameters.map((parameter) => {
    const schema = isObject(parameter["schema"]) ? parameter["schema"] : {};
    return `<tr><td><code>${text(parameter["name"])}</code></td><td>${text(parameter["in"])}${parameter["required"] === true ? ", required" : ""}</td><td>${text(schema["description"])}</td></tr>`;
  });
  return `<article id="${escapeHtml(`${method}${path}`)}"><h3><code>${method.toUpperCase()} ${escapeHtml(path)}</code></h3><p>${text(operation.summary)}. ${text(operation.description)}</p>
${rows.length === 0 ? "" : `<table><thead><tr><th scope="col">Parameter</th><th scope="col">Where</th><th scope="col">Meaning</th></tr></thead><tbody>${rows.join("")}</tbody></table>`}
${operation.requestBody === undefined ? "" : `<details><summary>Body</summary><pre>${escapeHtml(JSON.stringify(operation.requestBody, null, 2))}</pre></details>`}</article>`;
};

/** The API description as a page people read. */
export const apiPage = (document: Record<string, unknown>, nonce: string): string => {
  const groups = new Map<string, string[]>();
  const paths = isObject(document["paths"]) ? document["paths"] : {};
  for (const [path, operations] of Object.entries(paths))
    for (const [method, operation] of Object.entries(isObject(operations) ? operations : {})) {
      if (!isObject(operation)) continue;
      const tag = Array.isArray(operation["tags"]) && typeof operation["tags"][0] === "string" ? operation["tags"][0] : "other";
      groups.set(tag, [...(groups.get(tag) ?? []), operationHtml(path, method, operation)]);
    }
  const sections = [...groups].map(([tag, items]) => `<section><h2 id="${escapeHtml(tag)}">${escapeHtml(tag)}</h2>${items.join("\n")}</section>`);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Firsthand API</title>
<style nonce="${escapeHtml(nonce)}">:root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1.5rem}article{border-top:1px solid #8884;padding:.5rem 0}pre{overflow:auto;padding:.75rem;border:1px solid #8884;border-radius:8px}table{border-collapse:collapse;width:100%}th,td{text-align:start;padding:.25rem .75rem .25rem 0;vertical-align:top}h3{margin:.5rem 0}nav a{margin-inline-end:1rem}</style></head>
<body><main><h1>Firsthand API</h1><p>The same as a file: <a href="/api/openapi.json">/api/openapi.json</a> (OpenAPI 3.1). Keys are made in the web app under Settings, Keys.</p>
<nav aria-label="Parts">${[...groups.keys()].map((tag) => `<a href="#${escapeHtml(tag)}">${escapeHtml(tag)}</a>`).join("")}</nav>${sections.join("\n")}</main></body></html>`;
};
