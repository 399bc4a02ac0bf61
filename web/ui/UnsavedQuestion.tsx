import { ConfirmDialog } from "./ConfirmDialog.tsx";
import { useTexts } from "./texts.ts";
import { uiTexts } from "./ui.texts.ts";

type UnsavedQuestionProps = { onStay: () => void; onLeave: () => Promise<void> };

/** Asked before a draft goes. Only there while it is asked: it would take the Escape that opened it for its own. */
export const UnsavedQuestion = ({ onStay, onLeave }: UnsavedQuestionProps) => {
  const t = useTexts(uiTexts);
  return <ConfirmDialog isOpen onClose={onStay} title={t("unsavedTitle")} body={t("unsavedBody")} confirmLabel={t("unsavedLeave")} onConfirm={onLeave} isDangerous />;
};
