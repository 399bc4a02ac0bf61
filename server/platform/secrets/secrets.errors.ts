import { defineErrors } from "../http/errors.ts";

export const secretErrors = defineErrors("secrets", {
  secret_lost: { status: 409, meaning: "A password or token that was kept cannot be opened with the keys of this installation. Enter it again, or set SECRET_KEY to the earlier key." },
});
