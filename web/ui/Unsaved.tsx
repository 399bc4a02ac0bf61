import { useUnsaved } from "./unsaved.ts";

/** Says for a form that lies in the same component as its panel whether something in it would be lost by leaving. */
export const Unsaved = ({ isUnsaved }: { isUnsaved: boolean }) => {
  useUnsaved(isUnsaved);
  return null;
};
