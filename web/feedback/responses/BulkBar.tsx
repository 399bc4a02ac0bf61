import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useAbility } from "../../shell/session.data.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { notifyDone, notifyFailed } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import classes from "./Responses.module.css";
import { deleteResponses, flagResponses, type SurveyResponse, tagResponses, unflagResponses } from "./responses.data.ts";
import { responsesTexts } from "./responses.texts.ts";

/** What can be done to all selected responses at once. */
export const BulkBar = ({ rows, onDone }: { rows: readonly SurveyResponse[]; onDone: () => void }) => {
  const t = useTexts(responsesTexts);
  const mayDelete = useAbility("responses.delete");
  const [tag, setTag] = useState("");
  const [asked, setAsked] = useState<"flag" | "delete" | null>(null);
  const ids = rows.map(({ id }) => id);
  const addTag = (event: FormEvent): void => {
    event.preventDefault();
    if (tag.trim() === "") return;
    tagResponses(ids, { add: [tag.trim()] }).then(() => setTag(""), notifyFailed);
  };
  return (
    <div className={classes.bulk} role="toolbar" aria-label={t("selected", { count: ids.length })}>
      <strong role="status">{t("selected", { count: ids.length })}</strong>
      <form className={classes.bulk} onSubmit={addTag}>
        <TextInput size="xs" aria-label={t("tag")} placeholder={t("tag")} value={tag} maxLength={40} onChange={(event) => setTag(event.currentTarget.value)} />
        <Button type="submit" size="xs" variant="default">{t("addTag")}</Button>
      </form>
      <Button size="xs" variant="default" onClick={() => setAsked("flag")}>{t("flag")}</Button>
      {rows.some(({ outcome }) => outcome === "flagged") && (
        <Button size="xs" variant="default" onClick={() => void unflagResponses(ids).then(onDone, notifyFailed)}>{t("unflag")}</Button>
      )}
      {mayDelete && <Button size="xs" variant="default" color="var(--danger)" onClick={() => setAsked("delete")}>{t("delete")}</Button>}
      <Button size="xs" variant="subtle" onClick={onDone}>{t("clearSelection")}</Button>
      <ConfirmDialog
        isOpen={asked === "flag"} onClose={() => setAsked(null)} title={t("flagTitle")} body={t("flagBody")} confirmLabel={t("flag")}
        onConfirm={() => flagResponses(ids, "").then(onDone)}
      />
      <ConfirmDialog
        isOpen={asked === "delete"} onClose={() => setAsked(null)} title={t("deleteTitle", { count: ids.length })} body={t("deleteBody")} confirmLabel={t("delete")} isDangerous
        onConfirm={() => deleteResponses(ids).then(() => {
          notifyDone(t("deleted", { count: ids.length }));
          onDone();
        })}
      />
    </div>
  );
};
