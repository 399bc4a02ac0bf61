import { Stack } from "@mantine/core";
import { Link, useParams } from "@tanstack/react-router";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { useTexts } from "../../ui/texts.ts";
import { PosterCard } from "../posters/PosterCard.tsx";
import { useSurvey } from "../surveys/surveys.data.ts";
import { SurveyTabs } from "../surveys/SurveyTabs.tsx";
import { surveysTexts } from "../surveys/surveys.texts.ts";
import { KioskCard } from "./KioskCard.tsx";
import { kiosksTexts } from "./kiosks.texts.ts";

/** Where customers are asked on the spot: kiosks and printed codes, of one survey or of all. */
export const PlacesScreen = () => {
  const t = useTexts(kiosksTexts);
  const { surveyId } = useParams({ strict: false });
  return (
    <>
      {surveyId === undefined ? <PageHeader title={t("title")} /> : <SurveyHeader surveyId={surveyId} />}
      <Stack gap="md">
        <KioskCard surveyId={surveyId} />
        <PosterCard surveyId={surveyId} />
      </Stack>
    </>
  );
};

const SurveyHeader = ({ surveyId }: { surveyId: string }) => {
  const t = useTexts(surveysTexts);
  const survey = useSurvey(surveyId);
  return (
    <>
      <PageHeader title={survey.data?.name ?? "…"} back={<Link to="/surveys">{t("all")}</Link>} />
      <SurveyTabs surveyId={surveyId} current="/places" />
    </>
  );
};
