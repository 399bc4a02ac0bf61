import { defineErrors } from "#platform/http";

// Clients give up for ever after a 400 and try again after 429 and 503, so overload must never be told by another 4xx.
export const ingestErrors = defineErrors("ingest", {
  body_unreadable: { status: 400, meaning: "The body is not JSON, or its compression is broken." },
  body_too_large: { status: 400, meaning: "The body has more than 500 KB after decompression, or more than 2,500 events. Send smaller batches." },
  invalid_envelope: { status: 400, meaning: "The body is JSON, but neither an event nor `{ \"batch\": [...] }`." },
  write_key_wrong: { status: 401, meaning: "The write key is unknown or revoked. Send it as the user of Basic authorization or as `writeKey`." },
  too_many_events: { status: 429, meaning: "The workspace sends more events than it may; wait the seconds in the header Retry-After. Nothing of the request was kept." },
  ingest_busy: { status: 429, meaning: "More events arrive than can be stored; wait the seconds in the header Retry-After. Nothing of the request was kept." },
  ingest_away: { status: 503, meaning: "The database is away for a moment; send the same events again." },
});

export const deadLetterErrors = defineErrors("dead-letters", {
  dead_letter_resolved: { status: 409, meaning: "The event was replayed or discarded before." },
  payload_not_json: { status: 400, meaning: "The edited event is not JSON." },
});
