import { useState } from "react";
import type { Comment, PersonalKind } from "./comments.data.ts";
import { cutText } from "./highlights.ts";

const place = "firsthand.personal-data";

/** Whether personal data in comments shows, as it was chosen on this device; hidden until somebody chooses. */
export const usePersonalShown = (): [boolean, (isShown: boolean) => void] => {
  const [isShown, setShown] = useState(() => localStorage.getItem(place) === "shown");
  const choose = (chosen: boolean): void => {
    if (chosen) localStorage.setItem(place, "shown");
    else localStorage.removeItem(place);
    setShown(chosen);
  };
  return [isShown, choose];
};

/** The text with each personal datum replaced by its kind, for places that show no marks. */
export const withoutPersonal = ({ text, personalData }: Pick<Comment, "text" | "personalData">, nameOf: (kind: PersonalKind) => string): string =>
  cutText(text, { highlights: [], mentions: [], personalData }, true).map((piece) => (piece.personal === null ? piece.text : `[${nameOf(piece.personal)}]`)).join("");
