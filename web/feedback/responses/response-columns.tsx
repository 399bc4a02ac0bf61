import { nameOfChannel } from "../../ui/channel-names.ts";
import { npsTone, ScoreBadge, toneOf } from "../../ui/ScoreBadge.tsx";
import { Time } from "../../ui/Time.tsx";
import type { Column } from "../../ui/table.ts";
import type { Translate } from "../../ui/texts.ts";
import { firstComment, mainScore } from "./answers.rules.ts";
import classes from "./Responses.module.css";
import type { SurveyResponse } from "./responses.data.ts";
import type { responsesTexts } from "./responses.texts.ts";

type T = Translate<(typeof responsesTexts)["words"]>;

/** The columns of a list of responses. */
export const responseColumns = (t: T): Column<SurveyResponse>[] => [
  { key: "when", label: t("answered"), width: 100, isFixed: true, render: (row) => <Time at={row.completedAt ?? row.savedAt} /> },
  { key: "score", label: t("score"), width: 60, render: (row) => <Score response={row} /> },
  { key: "comment", label: t("comment"), width: 240, isGrowing: true, render: (row) => firstComment(row.answers) ?? "" },
  { key: "survey", label: t("survey"), maxWidth: 150, render: (row) => row.surveyName },
  { key: "customer", label: t("customer"), maxWidth: 150, render: (row) => row.customer?.name ?? row.subject ?? <span className="quiet">{t("anonymous")}</span> },
  { key: "tags", label: t("tags"), width: 80, maxWidth: 160, render: (row) => <TagList tags={row.tags} /> },
  { key: "channel", label: t("channel"), width: 80, render: (row) => nameOfChannel(row.channel) },
  { key: "touchpoint", label: t("touchpoint"), isHiddenAtFirst: true, render: (row) => row.touchpoint ?? "" },
  { key: "language", label: t("language"), width: 90, isHiddenAtFirst: true, render: (row) => row.language },
  { key: "state", label: t("state"), width: 90, render: (row) => <Standing response={row} t={t} /> },
];

/** The score that stands for a response, coloured by what it means. */
export const Score = ({ response }: { response: SurveyResponse }) => {
  const main = mainScore(response.answers);
  if (main === null) return null;
  return <ScoreBadge score={main.text} tone={main.type === "nps" ? npsTone(main.score) : toneOf(main.normalised)} />;
};

const TagList = ({ tags }: { tags: readonly string[] }) => (tags.length === 0 ? null : <span className={classes.tags}>{tags.map((tag) => <span key={tag}>{tag}</span>)}</span>);

// What does not count is worth saying more than that it is complete.
const Standing = ({ response, t }: { response: SurveyResponse; t: T }) => {
  if (response.outcome !== "counted") return <span className={classes.outcome}>{t(response.outcome)}</span>;
  return <span className={response.state === "partial" ? "quiet" : ""}>{t(response.state)}</span>;
};
