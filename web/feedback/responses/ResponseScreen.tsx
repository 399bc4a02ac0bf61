import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { Card } from "../../ui/Card.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { useTexts } from "../../ui/texts.ts";
import { ResponseDetails } from "./ResponseDetails.tsx";
import { useResponse } from "./responses.data.ts";
import { responsesTexts } from "./responses.texts.ts";

export const ResponseScreen = () => {
  const t = useTexts(responsesTexts);
  const navigate = useNavigate();
  const { responseId = "" } = useParams({ strict: false });
  const response = useResponse(responseId);
  return (
    <>
      <PageHeader title={response.data?.surveyName ?? t("one")} back={<Link to="/responses">{t("all")}</Link>} />
      {response.isPending && <Loading kind="page" />}
      {response.error !== null && <ErrorState error={response.error} onRetry={() => void response.refetch()} />}
      {response.data !== undefined && <Card><ResponseDetails isWide key={responseId} response={response.data} onGone={() => void navigate({ to: "/responses" })} /></Card>}
    </>
  );
};
