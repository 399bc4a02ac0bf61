import { ConfirmDialog } from "./ConfirmDialog.tsx";
import { useTexts } from "./texts.ts";
import { uiTexts } from "./ui.texts.ts";

type UnsavedQuestionProps = { isOpen: boolean; onStay: () => void; onLeave: () => Promise<void> };

/** Asked before a draft goes. */
export const UnsavedQuestion = ({ isOpen, onStay, onLeave }: UnsavedQuestionProps) => {
  const t = useTexts(uiTexts);
  return <ConfirmDialog isOpen={isOpen} onClose={onStay} title={t("unsavedTitle")} body={t("unsavedBody")} confirmLabel={t("unsavedLeave")} onConfirm={onLeave} isDangerous />;
};
