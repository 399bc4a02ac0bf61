import type { Actor } from "#platform/access";
import { newId, transaction } from "#platform/db";
import { FileReply, httpErrors, takePhotoIn } from "#platform/http";
import type { Services } from "#platform/services";
import { lockedMap, requireMap } from "./found-map.ts";
import { mapErrors } from "./maps.errors.ts";
import { findPhoto, insertPhoto } from "./photos.queries.ts";

const SIZE_MAX_BYTES = 5 * 1024 ** 2;
const PHOTOS_MAX = 200;

/** Takes a photo in, without where and when it was taken; it is on the map once a card names it.
 *  @param body its bytes, as they come */
export const takePhoto = async (services: Services, actor: Actor, mapId: string, body: unknown): Promise<{ fileId: string }> => {
  const { workspaceId, memberId } = actor;
  await requireMap(services.db, workspaceId, mapId);
  const taken = await takePhotoIn(body, SIZE_MAX_BYTES);
  if (!taken.ok) throw refusals[taken.reason]();
  const { contentType, extension, content } = taken.photo;
  const photo = { workspaceId, mapId, id: newId(), name: `photo.${extension}`, contentType, content, memberId, at: services.clock.now() };
  await transaction(services.db, async (tx) => {
    // The count is taken under the lock of the map.
    await lockedMap(tx, workspaceId, mapId);
    if (!(await insertPhoto(tx, photo, PHOTOS_MAX))) throw mapErrors.refuse("map_photo_limit", `The map has ${PHOTOS_MAX} photos already, removed ones included. Copy the map: a copy takes along only those it shows.`);
  });
  return { fileId: photo.id };
};

const refusals = {
  empty: () => mapErrors.refuse("map_photo_refused", "The photo is empty."),
  no_photo: () => mapErrors.refuse("map_photo_refused", "This is no photo that browsers show. Send a PNG, JPEG or WebP."),
  too_large: () => mapErrors.refuse("map_photo_too_large", "The photo is larger than 5 MB. Send a smaller one."),
  too_many_pixels: () => mapErrors.refuse("map_photo_refused", "The photo is more than 8,192 pixels wide or high. Send a smaller one."),
};

export const getPhoto = async (services: Services, workspaceId: string, mapId: string, id: string): Promise<FileReply> => {
  const photo = await findPhoto(services.db, workspaceId, mapId, id);
  if (photo === null) throw httpErrors.refuse("not_found", "There is no such photo on this map.");
  return new FileReply({ contentType: photo.contentType, fileName: photo.name, body: photo.content, isFixed: true });
};
