import { defineErrors } from "#platform/http";

export const reviewErrors = defineErrors("reviews", {
  review_source_not_valid: { status: 400, meaning: "The form of the source is not filled in right; `details.problems` names each field." },
  review_source_not_polled: { status: 409, meaning: "This kind of source is not asked by us: it is fed with files or sent to." },
  review_source_not_sent: { status: 409, meaning: "Nothing is sent to this kind of source, so it has no secret to sign with." },
  review_file_not_read: { status: 400, meaning: "The file holds no reviews this kind of source can read." },
  review_signature_wrong: { status: 401, meaning: "What was sent is not signed with the secret of the source, or too long ago." },
  review_not_answerable: { status: 409, meaning: "This source takes no answers, or lacks the access to give them." },
  review_reply_too_long: { status: 400, meaning: "The source takes shorter answers." },
  review_reply_on_its_way: { status: 409, meaning: "An answer is being sent already." },
  customer_without_identifier: { status: 409, meaning: "The customer is known by nothing a review could be linked to." },
  testimonial_state_wrong: { status: 409, meaning: "A testimonial in this state cannot be changed that way." },
  testimonial_without_consent: { status: 409, meaning: "Nobody has agreed to show these words. Ask the person first." },
  testimonial_excerpt_wrong: { status: 400, meaning: "An excerpt names sentences of the original by their place, each once and in their order." },
  testimonial_already_made: { status: 409, meaning: "There is a testimonial from this review already." },
  review_limit: { status: 409, meaning: "The workspace has as many sources (500) or displays (200) of reviews as it can have. Remove one first." },
  customer_without_email: { status: 409, meaning: "No e-mail address of the customer is known." },
  customer_not_to_be_asked: { status: 409, meaning: "The rules for contacting customers do not allow asking this one now; `details.reason` says why." },
});
