import { defineErrors } from "#platform/http";

export const profilesErrors = defineErrors("customers", {
  customer_unknown: { status: 404, meaning: "There is no such customer in this workspace, or the customer was erased." },
  note_in_future: { status: 400, meaning: "A note, call or visit cannot be dated in the future." },
  merge_with_itself: { status: 409, meaning: "Both ids belong to the same customer already." },
  claim_unknown: { status: 404, meaning: "There is no such link between identifiers of this customer." },
  customer_has_no_identifier: { status: 409, meaning: "Every identifier of the customer is blocked, so nothing can be recorded under it." },
});
