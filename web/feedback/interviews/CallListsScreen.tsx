import { Link, useParams } from "@tanstack/react-router";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { useTexts } from "../../ui/texts.ts";
import { useSurvey } from "../surveys/surveys.data.ts";
import { SurveyTabs } from "../surveys/SurveyTabs.tsx";
import { surveysTexts } from "../surveys/surveys.texts.ts";
import { CallListsCard } from "./CallListsCard.tsx";
import { interviewsTexts } from "./interviews.texts.ts";

/** The call lists of one survey, or of all for those who call. */
export const CallListsScreen = () => {
  const t = useTexts(interviewsTexts);
  const { surveyId } = useParams({ strict: false });
  if (surveyId !== undefined) return <OfSurvey surveyId={surveyId} />;
  return (
    <>
      <PageHeader title={t("title")} />
      <CallListsCard surveyId={undefined} />
    </>
  );
};

const OfSurvey = ({ surveyId }: { surveyId: string }) => {
  const t = useTexts(interviewsTexts);
  const words = useTexts(surveysTexts);
  const survey = useSurvey(surveyId);
  return (
    <>
      <PageHeader title={survey.data?.name ?? "…"} back={<Link to="/surveys">{words("all")}</Link>} />
      <SurveyTabs surveyId={surveyId} current="/interviews" />
      {survey.data?.status === "draft" && <p className="dialog-body" role="note">{t("unpublished")}</p>}
      <CallListsCard surveyId={surveyId} />
    </>
  );
};
