import { Link, useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Card, Grid } from "../../ui/Card.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { Time } from "../../ui/Time.tsx";
import { useTexts } from "../../ui/texts.ts";
import { AnswerList } from "./AnswerList.tsx";
import { channelLabel } from "./channels.ts";
import classes from "./ResponseScreen.module.css";
import { type SurveyResponse, useResponse } from "./responses.data.ts";
import { responsesTexts } from "./responses.texts.ts";

export const ResponseScreen = () => {
  const t = useTexts(responsesTexts);
  const { responseId = "" } = useParams({ strict: false });
  const response = useResponse(responseId);
  return (
    <>
      <PageHeader title={response.data?.surveyName ?? t("one")} back={<Link to="/responses">{t("all")}</Link>} />
      {response.isPending && <Loading kind="page" />}
      {response.error !== null && <ErrorState error={response.error} onRetry={() => void response.refetch()} />}
      {response.data !== undefined && (
        <Grid>
          <Card title={t("answers")} span={8}><AnswerList answers={response.data.answers} /></Card>
          <Card title={t("about")} span={4}><Facts response={response.data} /></Card>
        </Grid>
      )}
    </>
  );
};

const Facts = ({ response }: { response: SurveyResponse }) => {
  const t = useTexts(responsesTexts);
  const facts: [string, ReactNode][] = [
    [t("customer"), <Customer key="customer" response={response} />],
    [t("knownAs"), response.subject === null ? null : <Link key="subject" to="/responses" search={{ subject: response.subject }}>{response.subject}</Link>],
    [t("survey"), <Link key="survey" to="/surveys/$surveyId" params={{ surveyId: response.surveyId }}>{response.surveyName}</Link>],
    [t("version"), response.version],
    [t("state"), t(response.state)],
    [t("channel"), channelLabel(t, response.channel)],
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
