import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { nameOfChannel } from "../../ui/channel-names.ts";
import { formatNumber } from "../../ui/numbers.ts";
import { Time } from "../../ui/Time.tsx";
import { useTexts } from "../../ui/texts.ts";
import classes from "./ResponseScreen.module.css";
import type { SurveyResponse } from "./responses.data.ts";
import { responsesTexts } from "./responses.texts.ts";

/** When, where, by whom and in what form a response came. */
export const ResponseFacts = ({ response }: { response: SurveyResponse }) => {
  const t = useTexts(responsesTexts);
  const calculated = Object.entries(response.calculations).map(([name, value]) => `${name}: ${value === null ? "–" : formatNumber(value)}`);
  const facts: [string, ReactNode][] = [
    [t("customer"), <Customer key="customer" response={response} />],
    [t("knownAs"), response.subject === null ? null : <Link key="subject" to="/responses" search={{ subject: response.subject }}>{response.subject}</Link>],
    [t("survey"), <Link key="survey" to="/surveys/$surveyId" params={{ surveyId: response.surveyId }}>{response.surveyName}</Link>],
    [t("version"), response.version],
    [t("state"), t(response.state)],
    [t("outcome"), t(response.outcome)],
    [t("calculations"), calculated.length === 0 ? null : calculated.join(", ")],
    [t("channel"), nameOfChannel(response.channel)],
    [t("touchpoint"), response.touchpoint],
    [t("source"), response.source],
    [t("campaign"), response.campaign],
    [t("language"), response.language],
    [t("started"), <Time key="started" at={response.startedAt} kind="absolute" />],
    [response.completedAt === null ? t("lastSaved") : t("completed"), <Time key="saved" at={response.completedAt ?? response.savedAt} kind="absolute" />],
  ];
  return (
    <dl className={classes.facts}>
      {facts.filter(([, value]) => value !== null).map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
};

const Customer = ({ response: { customer } }: { response: SurveyResponse }) => {
  const t = useTexts(responsesTexts);
  return customer === null ? t("anonymous") : <Link to="/customers/$customerId" params={{ customerId: customer.id }}>{customer.name}</Link>;
};
