import { useTexts } from "../../ui/texts.ts";
import { useFollowing } from "./following.data.ts";
import { pathsTexts } from "./paths.texts.ts";
import "./paths.css";

/** Keeps the screen it stands on up to date with what comes in, unless it does so itself, and says so while much is still to be counted. */
export const CopyNotice = ({ family }: { family: string | null }) => {
  const t = useTexts(pathsTexts);
  const isBehind = useFollowing(family);
  return <p role="status" className={isBehind ? "paths-copying quiet" : "sr-only"}>{isBehind ? t("stillCopying") : ""}</p>;
};
