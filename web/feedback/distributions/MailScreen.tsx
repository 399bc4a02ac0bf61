import { Button } from "@mantine/core";
import { IconMail } from "@tabler/icons-react";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useLive } from "../../shell/live.ts";
import { useSession } from "../../shell/session.data.ts";
import { DataTable } from "../../ui/DataTable.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { notifyFailed } from "../../ui/notices.tsx";
import { formatNumber, formatShare } from "../../ui/numbers.ts";
import { PageHeader } from "../../ui/PageHeader.tsx";
import type { Column } from "../../ui/table.ts";
import { type Translate, useTexts } from "../../ui/texts.ts";
import { Time } from "../../ui/Time.tsx";
import { useSurvey } from "../surveys/surveys.data.ts";
import { SurveyTabs } from "../surveys/SurveyTabs.tsx";
import { surveysTexts } from "../surveys/surveys.texts.ts";
import { createDistribution, type Distribution, reloadDistributions, useDistributions } from "./distributions.data.ts";
import { distributionsTexts, type DistributionsTexts } from "./distributions.texts.ts";
import { TextGatewayPanel } from "./TextGatewayPanel.tsx";

/** Whom a survey was sent to by mail and text message. */
export const MailScreen = () => {
  const t = useTexts(distributionsTexts);
  const { surveyId = "" } = useParams({ strict: false });
  const navigate = useNavigate();
  const survey = useSurvey(surveyId);
  const distributions = useDistributions(surveyId);
  const { abilities } = useSession();
  const [isGatewayShown, showGateway] = useState(false);
  const mayWrite = abilities.includes("distributions.write");
  useLive(["distribution.changed", "distribution.progressed", "response.saved"], () => void reloadDistributions());
  const open = (id: string): void => void navigate({ to: "/surveys/$surveyId/mail/$distributionId", params: { surveyId, distributionId: id } });
  const create = (): void =>
    void createDistribution({ surveyId, name: t("newName"), settings: { channel: "email", kind: "relationship", schedule: { kind: "now" } } }).then(({ id }) => open(id), notifyFailed);
  return (
    <>
      <PageHeader
        title={survey.data?.name ?? "…"}
        back={<Link to="/surveys">{surveysTexts.say("all")}</Link>}
        actions={mayWrite ? <Button size="sm" onClick={create}>{t("create")}</Button> : undefined}
      />
      <SurveyTabs surveyId={surveyId} current="/mail" />
      <DataTable
        name="distributions"
        label={t("tab")}
        toolbar={abilities.includes("text-gateway.write") ? <Button variant="default" size="xs" onClick={() => showGateway(true)}>{t("gateway")}</Button> : undefined}
        columns={columnsFor(t)}
        rows={distributions.data?.pages.flatMap((page) => page.items) ?? []}
        rowKey={(row) => row.id}
        onOpen={(row) => open(row.id)}
        onEnd={() => void (distributions.hasNextPage && !distributions.isFetchingNextPage && distributions.fetchNextPage())}
        isLoading={distributions.isPending}
        isLoadingMore={distributions.isFetchingNextPage}
        error={distributions.error}
        onRetry={() => void distributions.refetch()}
        empty={<EmptyState title={t("none")} body={t("noneBody")} icon={IconMail} {...(mayWrite ? { action: { label: t("create"), onClick: create } } : {})} />}
      />
      <TextGatewayPanel isOpen={isGatewayShown} onClose={() => showGateway(false)} />
    </>
  );
};

const rateOf = ({ counts }: Distribution): string => {
  const reached = counts.invited - counts.bounced;
  return reached <= 0 ? "–" : formatShare(counts.answered / reached);
};

const columnsFor = (t: Translate<DistributionsTexts>): Column<Distribution>[] => [
  { key: "name", label: t("name"), isFixed: true, render: (row) => row.name },
  { key: "state", label: t("state"), width: 110, render: (row) => <span className={row.state === "running" ? "" : "quiet"}>{t(row.state)}</span> },
  { key: "channel", label: t("channel"), width: 190, render: (row) => t(row.settings.channel) },
  { key: "invited", label: t("invited"), width: 100, render: (row) => formatNumber(row.counts.invited) },
  { key: "answered", label: t("answered"), width: 100, render: (row) => formatNumber(row.counts.answered) },
  { key: "rate", label: t("rate"), width: 110, render: rateOf },
  { key: "notAsked", label: t("notAsked"), width: 100, render: (row) => formatNumber(row.counts.notAsked) },
  { key: "created", label: t("created"), width: 120, render: (row) => <Time at={row.createdAt} /> },
];
