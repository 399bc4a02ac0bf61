import type { Translate } from "../../ui/texts.ts";
import type { IdentityTexts } from "./identity.texts.ts";

/** "User id", "E-mail", and the system's own name for outside ids, such as "crm". */
export const kindLabel = (kind: string, t: Translate<IdentityTexts>): string => {
  switch (kind) {
    case "user": return t("user");
    case "anonymous": return t("anonymous");
    case "email": return t("emailKind");
    case "phone": return t("phone");
    default: return kind.replace(/^external:/, "");
  }
};
