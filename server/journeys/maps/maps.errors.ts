import { defineErrors, httpErrors, type AppError } from "#platform/http";

export const mapErrors = defineErrors("maps", {
  map_limit: { status: 409, meaning: "The workspace has 500 maps already. Delete some first." },
  map_document_broken: { status: 400, meaning: "The document of a map is not whole: an id stands there twice, or a part is in a stage, step or lane that is not there; `details.faults` says which." },
  map_owner_unknown: { status: 400, meaning: "The owner of a map is no member of this workspace." },
  map_segment_unknown: { status: 400, meaning: "The map is drawn for a segment that this workspace does not have." },
  map_persona_unknown: { status: 400, meaning: "The map is drawn for a persona that this workspace does not have: a persona is a segment or contact list with a story." },
  map_customer_unknown: { status: 400, meaning: "The map is drawn for a customer, or an account is of one, whom this workspace does not have." },
  map_revision_unknown: { status: 404, meaning: "The map has no such revision: it is later than the latest one." },
  map_part_unknown: { status: 409, meaning: "The step or card that a comment or an account is about is not on the map, or not any more." },
  map_mention_unknown: { status: 400, meaning: "Somebody whom a comment mentions is no member of this workspace." },
  map_comment_limit: { status: 409, meaning: "The map has 2,000 comments already. Delete some first." },
  map_comment_of_other: { status: 403, meaning: "Only who wrote a comment, an admin or the owner can delete it." },
  map_account_limit: { status: 409, meaning: "The map has 5,000 accounts of customers already. Delete some first." },
  map_photo_limit: { status: 409, meaning: "The map has 200 photos already, removed ones included. Copy the map: a copy takes along only those it shows." },
  map_photo_refused: { status: 400, meaning: "The photo is empty, damaged, more than 8,192 pixels wide or high, or no PNG, JPEG or WebP." },
  map_photo_too_large: { status: 413, meaning: "The photo is larger than 5 MB." },
  map_cursor_wrong: { status: 400, meaning: "The cursor is none that a page of the map's history gave out. Start again without it." },
});

export const mapNotFound = (): AppError => httpErrors.refuse("not_found", "There is no such map in this workspace.");
