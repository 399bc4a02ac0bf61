// A map as a file: to be read in again, or drawn by another tool.
import { Readable } from "node:stream";
import { FileReply } from "#platform/http";
import type { Queryable } from "#platform/db";
import type { Services } from "#platform/services";
import { requireMap } from "./found-map.ts";
import type { MapRow } from "./maps.queries.ts";
import { mermaidOf } from "./mermaid.rules.ts";
import { findPhoto, listPhotoSizes } from "./photos.queries.ts";
import { idsAmong, referencesIn } from "./references.rules.ts";
import { showPersonas } from "./viewpoints.ts";

/** More would be a file that no browser reads in again. */
const PHOTOS_MAX_BYTES = 40 * 1024 ** 2;

/** Details, document and the photos it shows. `POST /api/maps` reads `document` as `from.document`, the details as they are, and then takes the photos at
 *  `POST /api/maps/:id/photos`; comments, accounts and the history stay behind, and so does which customer it is about. */
export const jsonFile = async (services: Services, workspaceId: string, id: string): Promise<FileReply> => {
  const map = await requireMap(services.db, workspaceId, id);
  const [shown] = await showPersonas(services.db, workspaceId, [map]);
  return new FileReply({ contentType: "application/json", fileName: `${fileName(map.name)}.json`, body: Readable.from(writeFile(services.db, workspaceId, shown ?? map)) });
};

export const mermaidFile = async (services: Services, workspaceId: string, id: string): Promise<FileReply> => {
  const map = await requireMap(services.db, workspaceId, id);
  return new FileReply({ contentType: "text/vnd.mermaid; charset=utf-8", fileName: `${fileName(map.name)}.mmd`, body: mermaidOf(map) });
};

// Photo by photo, so that many of them fit in little memory.
async function* writeFile(db: Queryable, workspaceId: string, { id: mapId, name, description, state, viewpoint: shown, document }: MapRow): AsyncGenerator<string> {
  const wanted = idsAmong(referencesIn(document), "photo");
  const sizes = wanted.length === 0 ? new Map<string, number>() : await listPhotoSizes(db, workspaceId, mapId, wanted);
  let sizeBytes = 0;
  const taken = wanted.filter((id) => sizes.has(id) && (sizeBytes += sizes.get(id) ?? 0) <= PHOTOS_MAX_BYTES);
  const viewpoint = shown.kind === "customer" ? { kind: "everyone" } : shown;
  const head = JSON.stringify({ name, description, state, viewpoint, document, photosLeftOut: wanted.length - taken.length }, null, 2);
  yield `${head.slice(0, -2)},\n  "photos": [`;
  for (const [place, id] of taken.entries()) {
    const photo = await findPhoto(db, workspaceId, mapId, id);
    yield `${place === 0 ? "" : ","}\n    ${JSON.stringify({ id, contentType: photo?.contentType ?? "", data: photo?.content.toString("base64") ?? "" })}`;
  }
  yield `${taken.length === 0 ? "" : "\n  "}]\n}\n`;
}

const fileName = (name: string): string => name.normalize("NFKD").replace(/[^\w-]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 60) || "map";
