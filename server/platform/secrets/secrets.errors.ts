import { defineErrors } from "../http/errors.ts";

export const secretErrors = defineErrors("secrets", {
  secret_lost: { status: 409, meaning: "A password or token that was kept cannot be opened with the keys of this installation. Enter it again, or set SECRET_KEY to the earlier key." },
  secret_of_another_address: { status: 400, meaning: "A kept password or token goes only where it went before: enter it for the new address." },
});
