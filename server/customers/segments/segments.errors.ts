import { defineErrors } from "#platform/http";

export const segmentsErrors = defineErrors("segments", {
  segment_unknown: { status: 404, meaning: "There is no such contact list or live segment in this workspace." },
  segment_not_a_list: { status: 409, meaning: "Only contact lists take entries; who is in a live segment is decided by its rule." },
  segment_not_live: { status: 409, meaning: "A contact list has no rule." },
  segment_in_use: { status: 409, meaning: "Something would have nobody left without it: a live segment, distribution, website survey or call list; `details.uses` names what." },
  segment_slow: { status: 409, meaning: "Working out who is in the segment takes too long. Narrow it, for instance to fewer days." },
  segment_picture_refused: { status: 400, meaning: "The picture of a persona is empty, damaged, more than 8,192 pixels wide or high, or no PNG, JPEG or WebP." },
  segment_picture_too_large: { status: 413, meaning: "The picture of a persona is larger than 2 MB." },
  segment_file_wrong: { status: 400, meaning: "The file of a contact list is no readable table of text." },
});
