import { Stack } from "@mantine/core";
import { Link, useParams } from "@tanstack/react-router";
import { useSession } from "../../shell/session.data.ts";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { useTexts } from "../../ui/texts.ts";
import { useSurvey } from "../surveys/surveys.data.ts";
import { SurveyTabs } from "../surveys/SurveyTabs.tsx";
import { surveysTexts } from "../surveys/surveys.texts.ts";
import { DisplaysCard } from "./DisplaysCard.tsx";
import { FormbricksCard } from "./FormbricksCard.tsx";
import { IdentityCard } from "./IdentityCard.tsx";
import { InstallCard } from "./InstallCard.tsx";
import { PlacementCard } from "./PlacementCard.tsx";
import { usePlacement } from "./widgets.data.ts";

/** Where and when one survey shows on the organisation's own website. */
export const WebsiteScreen = () => {
  const t = useTexts(surveysTexts);
  const { surveyId = "" } = useParams({ strict: false });
  const { abilities } = useSession();
  const survey = useSurvey(surveyId);
  const shown = usePlacement(surveyId);
  const failure = survey.error ?? shown.error;
  const retry = (): void => {
    void survey.refetch();
    void shown.refetch();
  };
  return (
    <>
      <PageHeader title={survey.data?.name ?? "…"} back={<Link to="/surveys">{t("all")}</Link>} />
      <SurveyTabs surveyId={surveyId} current="/website" />
      {failure !== null && <ErrorState error={failure} onRetry={retry} />}
      {failure === null && (survey.data === undefined || shown.data === undefined) && <Loading />}
      {survey.data !== undefined && shown.data !== undefined && (
        <Stack gap="md">
          <PlacementCard key={surveyId} survey={survey.data} shown={shown.data} isReadOnly={!abilities.includes("surveys.write")} />
          <DisplaysCard displays={shown.data.displays} />
          <InstallCard slug={survey.data.slug} scriptUrl={shown.data.scriptUrl} maySeeKeys={abilities.includes("keys.read")} />
          {abilities.includes("keys.read") && <IdentityCard slug={survey.data.slug} isReadOnly={!abilities.includes("keys.change")} />}
          <FormbricksCard isReadOnly={!abilities.includes("surveys.write")} host={new URL(shown.data.scriptUrl).origin} />
        </Stack>
      )}
    </>
  );
};
