import { Link, useParams } from "@tanstack/react-router";
import { IconSend } from "@tabler/icons-react";
import { useState } from "react";
import { useAbility } from "../../shell/session.data.ts";
import { Grid } from "../../ui/Card.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { useTexts } from "../../ui/texts.ts";
import { EmbedCard } from "./EmbedCard.tsx";
import { ManyLinksCard } from "./ManyLinksCard.tsx";
import { PersonalLinkCard } from "./PersonalLinkCard.tsx";
import { LinkCard } from "./LinkCard.tsx";
import { nowhere, type Whence } from "./links.rules.ts";
import { QrCard } from "./QrCard.tsx";
import { StatusBadge } from "./StatusBadge.tsx";
import { useSurvey } from "./surveys.data.ts";
import { surveysTexts } from "./surveys.texts.ts";
import { SurveyTabs } from "./SurveyTabs.tsx";

/** Every way to hand out a survey by its link. */
export const SurveyShareScreen = () => {
  const t = useTexts(surveysTexts);
  const { surveyId = "" } = useParams({ strict: false });
  const survey = useSurvey(surveyId);
  const mayWrite = useAbility("surveys.write");
  const [whence, setWhence] = useState<Whence>(nowhere);
  if (survey.isPending) return <Loading kind="page" />;
  if (survey.error !== null) return <ErrorState error={survey.error} onRetry={() => void survey.refetch()} />;
  const { data } = survey;
  return (
    <>
      <PageHeader title={data.name} back={<Link to="/surveys">{t("all")}</Link>} actions={<StatusBadge status={data.status} />} />
      <SurveyTabs surveyId={data.id} current="/share" />
      {data.status === "draft" ? (
        <EmptyState title={t("notPublished")} body={t("notPublishedBody")} icon={IconSend} action={{ label: t("toBuilder"), to: `/surveys/${data.id}` }} />
      ) : (
        <Grid>
          <LinkCard survey={data} whence={whence} onWhence={setWhence} />
          <QrCard survey={data} whence={whence} />
          {mayWrite && <PersonalLinkCard survey={data} />}
          {mayWrite && <ManyLinksCard survey={data} />}
          <EmbedCard survey={data} whence={whence} />
        </Grid>
      )}
    </>
  );
};
