// The picture of a persona: one, which stands wherever the persona is named.
import type { Actor } from "#platform/access";
import { newId, transaction } from "#platform/db";
import { FileReply, httpErrors, takePhotoIn } from "#platform/http";
import type { Services } from "#platform/services";
import { deletePicture, findPicture, holdSegment, putPicture } from "./pictures.queries.ts";
import { getSegment, tellSegment } from "./segments.ts";
import { segmentsErrors } from "./segments.errors.ts";

const SIZE_MAX_BYTES = 2 * 1024 ** 2;

/** Takes a picture in, without where and when it was taken, in place of the one before.
 *  @param body its bytes, as they come
 *  @throws segment_unknown, segment_picture_refused, segment_picture_too_large */
export const takePicture = async (services: Services, actor: Actor, segmentId: string, body: unknown): Promise<{ pictureId: string }> => {
  const { workspaceId } = actor;
  await getSegment(services.db, workspaceId, segmentId);
  const taken = await takePhotoIn(body, SIZE_MAX_BYTES);
  if (!taken.ok) throw refusals[taken.reason]();
  const { contentType, content } = taken.photo;
  const id = newId();
  await transaction(services.db, async (tx) => {
    await holdSegment(tx, workspaceId, segmentId);
    const { name } = await getSegment(tx, workspaceId, segmentId);
    await putPicture(tx, { workspaceId, segmentId, id, contentType, content, at: services.clock.now() });
    await tellSegment(tx, actor, "segment.changed", segmentId, { name }, { isRetold: true });
  });
  return { pictureId: id };
};

/** @throws segment_unknown */
export const removePicture = async (services: Services, actor: Actor, segmentId: string): Promise<void> =>
  transaction(services.db, async (tx) => {
    const { name } = await getSegment(tx, actor.workspaceId, segmentId);
    if (await deletePicture(tx, actor.workspaceId, segmentId)) await tellSegment(tx, actor, "segment.changed", segmentId, { name }, { isRetold: true });
  });

export const getPicture = async (services: Services, workspaceId: string, segmentId: string, id: string): Promise<FileReply> => {
  const picture = await findPicture(services.db, workspaceId, segmentId, id);
  if (picture === null) throw httpErrors.refuse("not_found", "There is no such picture here. It may have been replaced.");
  return new FileReply({ contentType: picture.contentType, fileName: "persona", body: picture.content, isFixed: true });
};

const refusals = {
  empty: () => segmentsErrors.refuse("segment_picture_refused", "The picture is empty."),
  no_photo: () => segmentsErrors.refuse("segment_picture_refused", "This is no picture that browsers show. Send a PNG, JPEG or WebP."),
  too_large: () => segmentsErrors.refuse("segment_picture_too_large", "The picture is larger than 2 MB. Send a smaller one."),
  too_many_pixels: () => segmentsErrors.refuse("segment_picture_refused", "The picture is more than 8,192 pixels wide or high. Send a smaller one."),
};
