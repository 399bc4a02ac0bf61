import { Button } from "@mantine/core";
import { IconMessages } from "@tabler/icons-react";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useAbility } from "../../shell/session.data.ts";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { SidePanel } from "../../ui/SidePanel.tsx";
import { useTexts } from "../../ui/texts.ts";
import { dialoguesTexts } from "../dialogues/dialogues.texts.ts";
import { TryDialogue } from "../dialogues/TryDialogue.tsx";
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
  const said = useTexts(dialoguesTexts);
  const survey = useSurvey(surveyId);
  const [isTrying, setTrying] = useState(false);
  const mayTry = useAbility("dialogues.hold") && survey.data?.status === "open";
  return (
    <>
      <PageHeader title={survey.data?.name ?? "…"} back={<Link to="/surveys">{words("all")}</Link>} />
      <SurveyTabs surveyId={surveyId} current="/interviews" />
      {survey.data?.status === "draft" && <p className="dialog-body" role="note">{t("unpublished")}</p>}
      <CallListsCard surveyId={surveyId} />
      {mayTry && (
        <Button mt="md" variant="default" size="sm" leftSection={<IconMessages size={15} aria-hidden />} onClick={() => setTrying(true)}>{said("try")}</Button>
      )}
      <SidePanel isOpen={isTrying} onClose={() => setTrying(false)} title={said("title")}>
        {survey.data !== undefined && <TryDialogue surveyId={surveyId} languages={survey.data.draft.languages} />}
      </SidePanel>
    </>
  );
};
