import type { ContactField, QuestionOf } from "../surveys/definition.contract.ts";

/** Attributes of an input, named as in scripts, which HTML reads as well; what is undefined is left out. */
export type InputAttributes = {
  type: "text" | "email" | "tel" | "number" | "date" | "range";
  min?: number | string | undefined; max?: number | string | undefined; step?: number | "any" | undefined;
  inputMode?: "decimal" | undefined; autoComplete?: string | undefined;
};

const CONTACT: Readonly<Record<ContactField, InputAttributes>> = {
  first_name: { type: "text", autoComplete: "given-name" }, last_name: { type: "text", autoComplete: "family-name" },
  email: { type: "email", autoComplete: "email" }, phone: { type: "tel", autoComplete: "tel" }, company: { type: "text", autoComplete: "organization" },
  street: { type: "text", autoComplete: "street-address" }, postal_code: { type: "text", autoComplete: "postal-code" },
  city: { type: "text", autoComplete: "address-level2" }, country: { type: "text", autoComplete: "country-name" },
};

/** The kind of input that suits a question, or one field of a contact: the right keyboard on a phone, and what the browser knows already. */
export const inputOf = (asked: QuestionOf<"slider" | "number" | "date" | "email" | "phone"> | ContactField): InputAttributes => {
  if (typeof asked === "string") return CONTACT[asked];
  switch (asked.type) {
    case "slider":
      return { type: "range", min: asked.min, max: asked.max, step: asked.step };
    case "number":
      return { type: "number", min: asked.min, max: asked.max, step: asked.decimals === undefined ? "any" : 1 / 10 ** asked.decimals, inputMode: "decimal" };
    case "date":
      return { type: "date", min: asked.earliest === "today" ? undefined : asked.earliest, max: asked.latest === "today" ? undefined : asked.latest };
    case "email":
      return CONTACT.email;
    case "phone":
      return CONTACT.phone;
  }
};
