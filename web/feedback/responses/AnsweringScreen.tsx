import { Link, useParams } from "@tanstack/react-router";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { useTexts } from "../../ui/texts.ts";
import { useSurvey } from "../surveys/surveys.data.ts";
import { surveysTexts } from "../surveys/surveys.texts.ts";
import { SurveyTabs } from "../surveys/SurveyTabs.tsx";
import { AnsweringForm } from "./AnsweringForm.tsx";
import { useSettings } from "./answering.data.ts";

/** Who may answer a survey, how often, and how long answers are kept. */
export const AnsweringScreen = () => {
  const ofSurveys = useTexts(surveysTexts);
  const { surveyId = "" } = useParams({ strict: false });
  const survey = useSurvey(surveyId);
  const settings = useSettings(surveyId);
  const failure = survey.error ?? settings.error;
  const retry = (): void => {
    void survey.refetch();
    void settings.refetch();
  };
  if (failure !== null) return <ErrorState error={failure} onRetry={retry} />;
  if (survey.data === undefined || settings.data === undefined) return <Loading kind="page" />;
  return (
    <>
      <PageHeader title={survey.data.name} back={<Link to="/surveys">{ofSurveys("all")}</Link>} />
      <SurveyTabs surveyId={surveyId} current="/rules" />
      <AnsweringForm key={surveyId} surveyId={surveyId} stored={settings.data} />
    </>
  );
};
