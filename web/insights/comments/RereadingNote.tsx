import { formatNumber } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import { useTextModels } from "./comments.data.ts";
import { commentsTexts } from "./comments.texts.ts";

/** Says beside figures of comments that history is being read anew, and so that they are of two models. */
export const RereadingNote = () => {
  const t = useTexts(commentsTexts);
  const rereading = useTextModels().data?.rereading;
  if (rereading?.state !== "running") return null;
  return <p role="status" className="rereading">{t("rereadNow", { done: formatNumber(rereading.commentsRead), total: formatNumber(rereading.commentsTotal) })}</p>;
};
