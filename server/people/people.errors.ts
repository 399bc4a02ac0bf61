import { defineErrors } from "#platform/http";

export const peopleErrors = defineErrors("people", {
  sign_in_refused: { status: 401, meaning: "E-mail and password do not belong together." },
  sign_in_throttled: { status: 429, meaning: "Too many failed sign-ins for this address; `details.retryAfterSeconds` says how long to wait." },
  no_workspace: { status: 403, meaning: "The account belongs to no workspace." },
  set_up_link_wrong: { status: 403, meaning: "The one-time set-up link is used up or not the latest." },
  link_expired: { status: 410, meaning: "A link sent by mail was used before or is too old." },
  member_exists: { status: 409, meaning: "The address already belongs to a member of this workspace." },
  last_owner: { status: 409, meaning: "A workspace keeps at least one owner." },
  role_too_high: { status: 403, meaning: "Nobody gives or changes a role above their own." },
});
