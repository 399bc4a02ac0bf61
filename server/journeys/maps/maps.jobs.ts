import { defineStripping, withoutMetadata } from "#platform/http";
import { findPhoto, listUnstrippedPhotos, putStrippedPhoto } from "./photos.queries.ts";

const stripping = defineStripping({
  name: "maps.stripPhotos",
  list: listUnstrippedPhotos,
  strip: async ({ db }, place) => {
    const photo = await findPhoto(db, place.workspaceId, place.mapId, place.id);
    // Its map was deleted meanwhile.
    if (photo === null) return "missing";
    const { content, isPicture } = withoutMetadata(photo.content, photo.contentType);
    await putStrippedPhoto(db, place, content);
    return isPicture ? "stripped" : "damaged";
  },
});

export const mapsJobs = [stripping.job];
export const stripAfterStart = stripping.afterStart;
