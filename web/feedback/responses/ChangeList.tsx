import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { Time } from "../../ui/Time.tsx";
import { useTexts } from "../../ui/texts.ts";
import classes from "./Responses.module.css";
import { useHistory } from "./responses.data.ts";
import { responsesTexts } from "./responses.texts.ts";

/** What members changed about a response, newest first, with what stood there before. */
export const ChangeList = ({ responseId }: { responseId: string }) => {
  const t = useTexts(responsesTexts);
  const history = useHistory(responseId);
  if (history.isPending) return <Loading kind="rows" rows={2} />;
  if (history.error !== null) return <ErrorState error={history.error} onRetry={() => void history.refetch()} />;
  if (history.data.items.length === 0) return <p className="quiet">{t("noHistory")}</p>;
  return (
    <ul className={classes.entries}>
      {history.data.items.map((change) => (
        <li key={change.id}>
          <div className={classes.entryHead}>
            <strong>{t(change.kind)}</strong>
            <span className="quiet">{change.kind === "anonymised" ? "" : `${change.member?.name ?? t("formerMember")} · `}<Time at={change.at} /></span>
          </div>
          {change.question !== null && <p className="quiet">{change.question}</p>}
          {change.kind === "answer_corrected" && <p><del>{change.before ?? t("nothing")}</del> → <ins>{change.after ?? t("nothing")}</ins></p>}
          {change.reason !== null && change.reason !== "" && <p>{change.reason}</p>}
        </li>
      ))}
    </ul>
  );
};
