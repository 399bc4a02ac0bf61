// A map as a file: to be read in again, or drawn by another tool.
import { FileReply } from "#platform/http";
import type { Services } from "#platform/services";
import { requireMap } from "./found-map.ts";
import { mermaidOf } from "./mermaid.rules.ts";

/** Details and document. `POST /api/maps` reads the same again with `document` as `from.document`; photos, comments and accounts stay behind. */
export const jsonFile = async (services: Services, workspaceId: string, id: string): Promise<FileReply> => {
  const { name, description, state, document } = await requireMap(services.db, workspaceId, id);
  return new FileReply({ contentType: "application/json", fileName: `${fileName(name)}.json`, body: `${JSON.stringify({ name, description, state, document }, null, 2)}\n` });
};

export const mermaidFile = async (services: Services, workspaceId: string, id: string): Promise<FileReply> => {
  const map = await requireMap(services.db, workspaceId, id);
  return new FileReply({ contentType: "text/vnd.mermaid; charset=utf-8", fileName: `${fileName(map.name)}.mmd`, body: mermaidOf(map) });
};

const fileName = (name: string): string => name.normalize("NFKD").replace(/[^\w-]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 60) || "map";
