import { Link } from "@tanstack/react-router";
import { useSession } from "../../shell/session.data.ts";
import { useTexts } from "../../ui/texts.ts";
import { SURVEY_TABS } from "./survey-tabs.ts";
import { surveysTexts } from "./surveys.texts.ts";

/** Leads between the pages of one survey: building it, its channels, and what came back. */
export const SurveyTabs = ({ surveyId, current }: { surveyId: string; current: string }) => {
  const t = useTexts(surveysTexts);
  const { abilities } = useSession();
  return (
    <nav className="page-tabs" aria-label={t("tabs")}>
      {SURVEY_TABS.filter(({ ability }) => abilities.includes(ability)).map(({ path, label }) => (
        <Link key={path} to={`/surveys/${surveyId}${path}`} activeOptions={{ exact: true, includeSearch: false }} aria-current={path === current ? "page" : undefined}>{label}</Link>
      ))}
    </nav>
  );
};
