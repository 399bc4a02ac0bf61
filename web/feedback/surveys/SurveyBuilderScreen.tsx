import { useParams } from "@tanstack/react-router";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { SurveyBuilder } from "./SurveyBuilder.tsx";
import { useSurvey } from "./surveys.data.ts";

export const SurveyBuilderScreen = () => {
  const { surveyId = "" } = useParams({ strict: false });
  const survey = useSurvey(surveyId);
  if (survey.isPending) return <Loading kind="page" />;
  if (survey.error !== null) return <ErrorState error={survey.error} onRetry={() => void survey.refetch()} />;
  return <SurveyBuilder key={survey.data.id} survey={survey.data} />;
};
