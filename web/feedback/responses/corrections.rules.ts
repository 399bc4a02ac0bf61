import type { Question } from "@firsthand/server/feedback/surveys/definition.contract";

/** How a member can give a new answer to a kind of question; null where an answer can only be taken away: nobody agrees or sends a file for another. */
export const correctableAs = (type: Question["type"]): "number" | "one" | "many" | "text" | "order" | "table" | "shares" | "fields" | null => {
  switch (type) {
    case "nps":
    case "csat":
    case "ces":
    case "rating":
    case "slider":
    case "number":
      return "number";
    case "single":
    case "dropdown":
      return "one";
    case "multi":
    case "picture":
      return "many";
    case "text":
    case "date":
    case "email":
    case "phone":
      return "text";
    case "ranking":
      return "order";
    case "matrix":
      return "table";
    case "constant_sum":
      return "shares";
    case "contact":
      return "fields";
    case "consent":
    case "file":
    case "statement":
      return null;
  }
};
