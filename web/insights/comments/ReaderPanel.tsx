import { Button, Group } from "@mantine/core";
import { useState } from "react";
import { useSession } from "../../shell/session.data.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { notifyFailed } from "../../ui/notices.tsx";
import { formatNumber, formatShare } from "../../ui/numbers.ts";
import { ProgressBar } from "../../ui/ProgressBar.tsx";
import { SidePanel } from "../../ui/SidePanel.tsx";
import { Time } from "../../ui/Time.tsx";
import { useTexts } from "../../ui/texts.ts";
import { type TextModels, useRereading, useTextModels } from "./comments.data.ts";
import { commentsTexts } from "./comments.texts.ts";

type ReaderPanelProps = { isOpen: boolean; onClose: () => void };

/** How comments are read: the model, what people have taught it and how well that worked, and reading all of them anew. */
export const ReaderPanel = ({ isOpen, onClose }: ReaderPanelProps) => {
  const t = useTexts(commentsTexts);
  return (
    <SidePanel isOpen={isOpen} onClose={onClose} title={t("readerTitle")} width={480}>
      {isOpen && <ReaderState />}
    </SidePanel>
  );
};

const ReaderState = () => {
  const models = useTextModels();
  if (models.isPending) return <Loading kind="rows" rows={6} />;
  if (models.isError) return <ErrorState error={models.error} onRetry={() => void models.refetch()} />;
  return <Reader models={models.data} />;
};

const Reader = ({ models }: { models: TextModels }) => {
  const t = useTexts(commentsTexts);
  const { abilities } = useSession();
  const actions = useRereading();
  const [isAsking, setAsking] = useState(false);
  const { rereading, items, corrections, correctedComments, teachingCommentsMin, teachingCommentsMax, learningStoppedAt } = models;
  const mayTeach = abilities.includes("comments.teach");
  const isRunning = rereading?.state === "running";
  const inUse = items.find(({ state }) => state === "in_use");
  return (
    <div className="reader">
      <p>{t("readerHow")}</p>
      <p className="quiet">{t("readBy", { version: inUse ? `${models.baseVersion}+${inUse.number}` : models.baseVersion })}</p>
      <section>
        <h3>{t("taughtTitle")}</h3>
        <p>{corrections === 0 ? t("nothingTaught") : t("taughtParts", { count: corrections, comments: formatNumber(correctedComments) })}</p>
        {learningStoppedAt === null && items.length === 0 && <p className="quiet">{correctedComments < teachingCommentsMin ? t("teachingBegins", { least: teachingCommentsMin, left: teachingCommentsMin - correctedComments }) : t("teachingSoon")}</p>}
        {correctedComments > teachingCommentsMax && <p className="quiet">{t("teachingMax", { count: formatNumber(teachingCommentsMax), all: formatNumber(correctedComments) })}</p>}
        {items.length > 0 && <p className="quiet">{t("trainingRule")}</p>}
        {items.length > 0 && (
          <ol className="trainings">
            {items.map((item) => (
              <li key={item.id}>
                <b>{t(`training_${item.state}`)}</b> <Time at={item.madeAt} />
                <span>{item.scoreBefore !== null && item.scoreAfter !== null ? t("trainingScores", { before: formatShare(item.scoreBefore, 1), after: formatShare(item.scoreAfter, 1), heldBack: item.heldBack }) : t("trainingSmall")}</span>
              </li>
            ))}
          </ol>
        )}
        {learningStoppedAt !== null && <p><b>{t("learningStopped")}</b> <Time at={learningStoppedAt} kind="ago" /></p>}
        {mayTeach && (
          <Group>
            {inUse && <Button variant="default" size="xs" onClick={() => setAsking(true)}>{t("goBack")}</Button>}
            <Button variant="default" size="xs" loading={actions.setLearning.isPending} onClick={() => actions.setLearning.mutate(learningStoppedAt !== null, { onError: notifyFailed })}>
              {learningStoppedAt === null ? t("learningStop") : t("learningStart")}
            </Button>
          </Group>
        )}
      </section>
      <section>
        <h3>{t("rereadTitle")}</h3>
        <p className="quiet">{t("rereadHelp")}</p>
        {rereading !== null && (
          <>
            {isRunning && <ProgressBar label={t("rereadTitle")} done={rereading.commentsRead} of={rereading.commentsTotal} />}
            <p>{t(`reread_${rereading.state}`, { read: formatNumber(rereading.commentsRead), total: formatNumber(rereading.commentsTotal), changed: formatNumber(rereading.commentsChanged) })} {t(`reread_reason_${rereading.reason}`)} <Time at={rereading.begunAt} /></p>
          </>
        )}
        {mayTeach && (
          <Group>
            {isRunning ? (
              <Button variant="default" size="xs" loading={actions.stop.isPending} onClick={() => actions.stop.mutate(undefined, { onError: notifyFailed })}>{t("rereadStop")}</Button>
            ) : (
              <Button variant="default" size="xs" loading={actions.start.isPending} onClick={() => actions.start.mutate(undefined, { onError: notifyFailed })}>{t("rereadStart")}</Button>
            )}
          </Group>
        )}
      </section>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t("goBack")}
        body={t("goBackBody")}
        confirmLabel={t("goBack")}
        onConfirm={() => actions.goBack.mutateAsync()}
      />
    </div>
  );
};
