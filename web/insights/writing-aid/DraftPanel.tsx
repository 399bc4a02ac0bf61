import { Button } from "@mantine/core";
import { CopyField } from "../../ui/CopyField.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { SidePanel } from "../../ui/SidePanel.tsx";
import { useTexts } from "../../ui/texts.ts";
import { useNewDraft } from "./writing-aid.data.ts";
import { writingAidTexts } from "./writing-aid.texts.ts";
import "./writing-aid.css";

type Said = { id: string; text: string };
type DraftPanelProps = { comment: Said | null; onClose: () => void; model: string };

/** Has a reply to one comment drafted, to be copied to where the customer is answered. */
export const DraftPanel = ({ comment, onClose, model }: DraftPanelProps) => {
  const t = useTexts(writingAidTexts);
  return (
    <SidePanel isOpen={comment !== null} onClose={onClose} title={t("draftOf")} width={480}>
      {comment !== null && <NewDraft key={comment.id} comment={comment} model={model} />}
    </SidePanel>
  );
};

const NewDraft = ({ comment, model }: { comment: Said; model: string }) => {
  const t = useTexts(writingAidTexts);
  const draft = useNewDraft(comment.id);
  return (
    <div className="aid-words">
      {/* Stays from the asking to the answer: what is put into a region that is new is not read out. */}
      <div role="status">
        {draft.isPending && <p className="quiet">{t("writing")}</p>}
        {draft.isSuccess && <p className="aid-mark">{t("draftBy", { model: draft.data.model })}</p>}
      </div>
      {draft.isSuccess ? (
        <>
          <CopyField isBlock label={t("draftText")} value={draft.data.text} />
          <h3 className="panel-heading">{t("draftSent")}</h3>
          <blockquote dir="auto">{draft.data.sent}</blockquote>
        </>
      ) : (
        <>
          <blockquote dir="auto">{comment.text}</blockquote>
          <p>{t("draftAsk", { model })}</p>
          {draft.isError && <ErrorState error={draft.error} />}
          <Button loading={draft.isPending} onClick={() => draft.mutate()}>{t("write")}</Button>
        </>
      )}
    </div>
  );
};
