import { Button } from "@mantine/core";
import { useState } from "react";
import { useAbility } from "../../shell/session.data.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { notifyDone, notifyFailed } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { AnswerList } from "./AnswerList.tsx";
import { ChangeList } from "./ChangeList.tsx";
import { NoteList } from "./NoteList.tsx";
import { ResponseFacts } from "./ResponseFacts.tsx";
import classes from "./Responses.module.css";
import { deleteResponses, flagResponses, type SurveyResponse, unflagResponses } from "./responses.data.ts";
import { responsesTexts } from "./responses.texts.ts";
import { TagEditor } from "./TagEditor.tsx";

/** Everything about one response, and what a member may do to it. */
export const ResponseDetails = ({ response, onGone, isWide = false }: { response: SurveyResponse; onGone: () => void; isWide?: boolean }) => {
  const t = useTexts(responsesTexts);
  return (
    <div className={`${classes.sections} ${isWide ? classes.wide : ""}`}>
      <Notices response={response} />
      <ResponseActions response={response} onGone={onGone} />
      <section>
        <h2>{t("answers")}</h2>
        <AnswerList response={response} />
      </section>
      <section>
        <h2>{t("tags")}</h2>
        <TagEditor response={response} />
      </section>
      <section>
        <h2>{t("about")}</h2>
        <ResponseFacts response={response} />
      </section>
      <section>
        <h2>{t("notes")}</h2>
        <NoteList responseId={response.id} />
      </section>
      <section>
        <h2>{t("history")}</h2>
        <ChangeList responseId={response.id} />
      </section>
    </div>
  );
};

const REASONS = ["too_fast", "no_proof", "many_from_one_address", "straight_lining", "by_member", "scanner"] as const;

const Notices = ({ response }: { response: SurveyResponse }) => {
  const t = useTexts(responsesTexts);
  const reasons = response.flags.map((flag) => {
    const known = REASONS.find((one) => one === flag);
    return known === undefined ? flag : t(known);
  });
  return (
    <>
      {reasons.length > 0 && <p className={classes.notice}>{t("flaggedBecause", { reasons: reasons.join(", ") })}</p>}
      {response.isAnonymised && <p className={classes.notice}>{t("isAnonymised")}</p>}
    </>
  );
};

const ResponseActions = ({ response, onGone }: { response: SurveyResponse; onGone: () => void }) => {
  const t = useTexts(responsesTexts);
  const mayWork = useAbility("responses.work");
  const mayDelete = useAbility("responses.delete");
  const [asked, setAsked] = useState<"flag" | "delete" | null>(null);
  const ids = [response.id];
  if (!mayWork && !mayDelete) return null;
  return (
    <div className={classes.steps}>
      {mayWork && response.outcome !== "flagged" && response.state === "complete" && <Button size="xs" variant="default" onClick={() => setAsked("flag")}>{t("flag")}</Button>}
      {mayWork && response.outcome === "flagged" && <Button size="xs" variant="default" onClick={() => void unflagResponses(ids).catch(notifyFailed)}>{t("unflag")}</Button>}
      {mayDelete && <Button size="xs" variant="default" onClick={() => setAsked("delete")}>{t("delete")}</Button>}
      <ConfirmDialog
        isOpen={asked === "flag"} onClose={() => setAsked(null)} title={t("flagTitle")} body={t("flagBody")} confirmLabel={t("flag")} onConfirm={() => flagResponses(ids, "")}
      />
      <ConfirmDialog
        isOpen={asked === "delete"} onClose={() => setAsked(null)} title={t("deleteTitle", { count: 1 })} body={t("deleteBody")} confirmLabel={t("delete")} isDangerous
        onConfirm={() => deleteResponses(ids).then(() => {
          notifyDone(t("deleted", { count: 1 }));
          onGone();
        })}
      />
    </div>
  );
};
