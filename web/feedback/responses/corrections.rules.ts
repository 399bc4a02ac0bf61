import type { Question } from "@firsthand/server/feedback/surveys/definition.contract";

/** How a member can give a new answer to a kind of question; null where an answer can only be taken away. */
export const correctableAs = (type: Question["type"]): "number" | "one" | "many" | "text" | null => {
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
    case "matrix":
    case "constant_sum":
    case "contact":
    case "consent":
    case "file":
    case "statement":
      return null;
  }
};
