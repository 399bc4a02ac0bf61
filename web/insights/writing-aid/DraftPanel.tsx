import { Button } from "@mantine/core";
import { CopyField } from "../../ui/CopyField.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
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
      {!draft.isSuccess && <blockquote dir="auto">{comment.text}</blockquote>}
      {draft.isError ? (
        <ErrorState error={draft.error} onRetry={() => draft.mutate()} />
      ) : draft.isSuccess ? (
        <>
          <p className="aid-mark" role="status">{t("draftBy", { model: draft.data.model })}</p>
          <CopyField isBlock label={t("draftText")} value={draft.data.text} />
          <h3 className="panel-heading">{t("draftSent")}</h3>
          <blockquote dir="auto">{draft.data.sent}</blockquote>
        </>
      ) : (
        <>
          <p>{t("draftAsk", { model })}</p>
          {draft.isPending ? (
            <>
              <p className="quiet">{t("writing")}</p>
              <Loading kind="rows" rows={4} />
            </>
          ) : (
            <Button onClick={() => draft.mutate()}>{t("write")}</Button>
          )}
        </>
      )}
    </div>
  );
};
