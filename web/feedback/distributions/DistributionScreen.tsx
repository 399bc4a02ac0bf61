import { Button } from "@mantine/core";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useLive } from "../../shell/live.ts";
import { useSession } from "../../shell/session.data.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { notifyFailed } from "../../ui/notices.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { useTexts } from "../../ui/texts.ts";
import { useSurvey } from "../surveys/surveys.data.ts";
import { SurveyTabs } from "../surveys/SurveyTabs.tsx";
import { DistributionEditor } from "./DistributionEditor.tsx";
import { DistributionPreview } from "./DistributionPreview.tsx";
import { DistributionProgress } from "./DistributionProgress.tsx";
import {
  copyDistribution, type Distribution, pauseDistribution, reloadDistributions, removeDistribution, startDistribution, stopDistribution, useDistribution,
} from "./distributions.data.ts";
import classes from "./Distributions.module.css";
import { distributionsTexts } from "./distributions.texts.ts";

/** One distribution: prepared while it is a draft, watched from then on. */
export const DistributionScreen = () => {
  const t = useTexts(distributionsTexts);
  const { surveyId = "", distributionId = "" } = useParams({ strict: false });
  const distribution = useDistribution(distributionId);
  const { abilities } = useSession();
  useLive(["distribution.changed", "distribution.progressed", "response.saved"], () => void reloadDistributions());
  const mayWrite = abilities.includes("distributions.write");
  return (
    <>
      <PageHeader
        title={distribution.data?.name ?? "…"}
        back={<Link to="/surveys/$surveyId/mail" params={{ surveyId }}>{t("back")}</Link>}
        actions={distribution.data !== undefined && mayWrite ? <Actions distribution={distribution.data} /> : undefined}
      />
      <SurveyTabs surveyId={surveyId} current="/mail" />
      {distribution.isPending && <Loading kind="page" />}
      {distribution.error !== null && <ErrorState error={distribution.error} onRetry={() => void distribution.refetch()} />}
      {distribution.data !== undefined && <Body distribution={distribution.data} surveyId={surveyId} mayWrite={mayWrite} />}
    </>
  );
};

const Body = ({ distribution, surveyId, mayWrite }: { distribution: Distribution; surveyId: string; mayWrite: boolean }) => {
  const survey = useSurvey(surveyId);
  if (distribution.state !== "draft" || !mayWrite) return <DistributionProgress distribution={distribution} />;
  if (survey.data === undefined) return <Loading kind="page" />;
  return (
    <div className={classes.columns}>
      <DistributionEditor key={distribution.id} distribution={distribution} languages={survey.data.draft.languages} />
      <DistributionPreview distribution={distribution} languages={survey.data.draft.languages} />
    </div>
  );
};

type Asked = "start" | "stop" | "remove" | null;

const Actions = ({ distribution }: { distribution: Distribution }) => {
  const t = useTexts(distributionsTexts);
  const navigate = useNavigate();
  const [asked, ask] = useState<Asked>(null);
  const { id, surveyId, state } = distribution;
  const copy = (): void =>
    void copyDistribution(id).then((made) => navigate({ to: "/surveys/$surveyId/mail/$distributionId", params: { surveyId, distributionId: made.id } }), notifyFailed);
  const remove = async (): Promise<void> => {
    await removeDistribution(id);
    await navigate({ to: "/surveys/$surveyId/mail", params: { surveyId } });
  };
  return (
    <>
      <Button variant="default" size="sm" onClick={copy}>{t("copy")}</Button>
      {state === "draft" && <Button variant="default" size="sm" onClick={() => ask("remove")}>{t("remove")}</Button>}
      {(state === "running" || state === "paused") && <Button variant="default" size="sm" onClick={() => ask("stop")}>{t("stop")}</Button>}
      {state === "running" && <Button size="sm" onClick={() => void pauseDistribution(id).catch(notifyFailed)}>{t("pause")}</Button>}
      {state === "paused" && <Button size="sm" onClick={() => void startDistribution(id).catch(notifyFailed)}>{t("resume")}</Button>}
      {state === "draft" && <Button size="sm" onClick={() => ask("start")}>{t("start")}</Button>}
      <StartDialog distribution={distribution} isOpen={asked === "start"} onClose={() => ask(null)} />
      <ConfirmDialog isOpen={asked === "stop"} onClose={() => ask(null)} title={t("stopTitle")} body={t("stopBody")} confirmLabel={t("stop")} isDangerous onConfirm={() => stopDistribution(id)} />
      <ConfirmDialog isOpen={asked === "remove"} onClose={() => ask(null)} title={t("removeTitle")} body={t("removeBody")} confirmLabel={t("remove")} isDangerous onConfirm={remove} />
    </>
  );
};

const StartDialog = ({ distribution, isOpen, onClose }: { distribution: Distribution; isOpen: boolean; onClose: () => void }) => {
  const t = useTexts(distributionsTexts);
  const isOpenEnded = distribution.settings.schedule.kind === "triggered" || distribution.settings.schedule.kind === "api";
  const body = isOpenEnded || distribution.settings.segmentId !== null ? t("startBodyOpen") : t("startBody", { count: distribution.addressCount });
  return <ConfirmDialog isOpen={isOpen} onClose={onClose} title={t("startTitle")} body={body} confirmLabel={t("start")} onConfirm={() => startDistribution(distribution.id)} />;
};
