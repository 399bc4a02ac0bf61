import { ActionIcon, Button, Select } from "@mantine/core";
import { IconCheck, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useSession } from "../../shell/session.data.ts";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { notifyFailed } from "../../ui/notices.tsx";
import { SidePanel } from "../../ui/SidePanel.tsx";
import { useTexts } from "../../ui/texts.ts";
import { Time } from "../../ui/Time.tsx";
import { CommentForm } from "./CommentForm.tsx";
import { type MapComment, removeComment, resolveComment, useMapComments } from "./comments.data.ts";
import { cardOf } from "./conflict-words.ts";
import classes from "./Map.module.css";
import { useDrawing } from "./map-drawing.ts";
import { mapTexts } from "./map.texts.ts";
import type { JourneyMap } from "./maps.data.ts";

/** What members write to each other about the map, a step or a card. */
export const CommentsPanel = ({ map, isOpen, onClose }: { map: JourneyMap; isOpen: boolean; onClose: () => void }) => {
  const t = useTexts(mapTexts);
  const comments = useMapComments(map.id);
  const [isShowingDone, showDone] = useState(false);
  const items = comments.data?.items ?? [];
  const open = items.filter(({ resolvedAt }) => resolvedAt === null);
  return (
    <SidePanel isOpen={isOpen} onClose={onClose} title={t("comments")} width={480}>
      {comments.isPending ? <Loading kind="rows" /> : comments.error !== null ? <ErrorState error={comments.error} onRetry={() => void comments.refetch()} /> : (
        <>
          <AboutForm mapId={map.id} />
          {open.length === 0 && <p className="quiet">{t("noComments")}</p>}
          <ul className={classes.history}>{(isShowingDone ? items : open).map((comment) => <CommentItem key={comment.id} mapId={map.id} comment={comment} />)}</ul>
          {items.length > open.length && <Button variant="subtle" size="compact-sm" onClick={() => showDone(!isShowingDone)}>{isShowingDone ? t("hideResolved") : t("showResolved", { count: items.length - open.length })}</Button>}
        </>
      )}
    </SidePanel>
  );
};

const AboutForm = ({ mapId }: { mapId: string }) => {
  const t = useTexts(mapTexts);
  const { document, mayWrite } = useDrawing();
  const [stepId, setStep] = useState<string | null>(null);
  if (!mayWrite) return null;
  return (
    <>
      <Select size="xs" label={t("commentAbout")} placeholder={t("wholeMap")} clearable clearButtonProps={{ "aria-label": t("wholeMap") }} data={document.steps.map(({ id, name }) => ({ value: id, label: name }))} value={stepId} onChange={setStep} mb="xs" />
      <CommentForm mapId={mapId} stepId={stepId} cardId={null} />
    </>
  );
};

/** One comment, with what it is about. */
export const CommentItem = ({ mapId, comment }: { mapId: string; comment: MapComment }) => {
  const t = useTexts(mapTexts);
  const { member } = useSession();
  const { document, mayWrite } = useDrawing();
  const card = document.cards.find(({ id }) => id === comment.cardId);
  const step = document.steps.find(({ id }) => id === (card?.stepId ?? comment.stepId));
  const isOwn = comment.memberId === member.id;
  return (
    <li className={comment.resolvedAt === null ? undefined : classes.resolved}>
      <p className="quiet">{comment.memberName ?? t("nobody")} · <Time at={comment.at} />{step !== undefined && <> · <span dir="auto">{step.name}</span></>}{card !== undefined && <> · <span dir="auto">“{cardOf(card)}”</span></>}</p>
      <p className={classes.commentText} dir="auto">{comment.mentions.map(({ id, name }) => <strong key={id}>@{name} </strong>)}{comment.text}</p>
      {mayWrite && (
        <div className={classes.conflictButtons}>
          <Button variant="default" size="compact-xs" leftSection={<IconCheck size={13} aria-hidden />} onClick={() => void resolveComment(mapId, comment.id, comment.resolvedAt === null).catch(notifyFailed)}>{t(comment.resolvedAt === null ? "resolve" : "reopen")}</Button>
          {(isOwn || member.role === "owner" || member.role === "admin") && <ActionIcon variant="subtle" color="gray" size={24} aria-label={t("removeComment")} onClick={() => void removeComment(mapId, comment.id).catch(notifyFailed)}><IconTrash size={14} aria-hidden /></ActionIcon>}
        </div>
      )}
    </li>
  );
};
