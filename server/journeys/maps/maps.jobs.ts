import { withoutMetadata } from "#platform/http";
import { defineJob, enqueue } from "#platform/jobs";
import type { Services } from "#platform/services";
import { z } from "zod";
import { findPhoto, listUnstrippedPhotos, putStrippedPhoto } from "./photos.queries.ts";

const BATCH = 500;

/** Strips the photos that were stored as they came. One at a time is in memory; what is done stays done when it is cut off. */
export const stripStoredPhotos = async ({ db, log }: Services): Promise<void> => {
  let [stripped, damaged] = [0, 0];
  for (let waiting = await listUnstrippedPhotos(db, BATCH); waiting.length > 0; waiting = await listUnstrippedPhotos(db, BATCH))
    for (const place of waiting) {
      const photo = await findPhoto(db, place.workspaceId, place.mapId, place.id);
      // Its map was deleted meanwhile.
      if (photo === null) continue;
      const { content, isPicture } = withoutMetadata(photo.content, photo.contentType);
      await putStrippedPhoto(db, place, content);
      stripped += 1;
      if (!isPicture) damaged += 1;
    }
  if (stripped > 0) log.info({ part: "maps", stripped, damaged }, "photos of maps that were stored with place, time and camera have them no more");
};

export const mapsJobs = [defineJob({ name: "maps.stripPhotos", payload: z.looseObject({}), maxAttempts: 10, run: ({ services }) => stripStoredPhotos(services) })];

/** After a start there may be photos of an older version, or of a backup made by one. */
export const stripAfterStart = async ({ db }: Services): Promise<{ stop: () => Promise<void> }> => {
  if ((await listUnstrippedPhotos(db, 1)).length > 0) await enqueue(db, "maps.stripPhotos", {}, { key: "maps.stripPhotos", maxAttempts: 10 });
  return { stop: async () => undefined };
};
