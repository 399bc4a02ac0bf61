import { Button } from "@mantine/core";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useAbility } from "../../shell/session.data.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { notifyDone } from "../../ui/notices.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { useTexts } from "../../ui/texts.ts";
import { ListEntries } from "./ListEntries.tsx";
import { ListDetails } from "./ListDetails.tsx";
import { LiveEditor } from "./LiveEditor.tsx";
import { MembersCard } from "./MembersCard.tsx";
import { PersonaCard } from "./PersonaCard.tsx";
import { type Segment, useSegment, useSegmentVerbs } from "./segments.data.ts";
import classes from "./Segments.module.css";
import { segmentsTexts } from "./segments.texts.ts";

/** One contact list or live segment, or a new live segment at /segments/new. */
export const SegmentScreen = () => {
  const t = useTexts(segmentsTexts);
  const { segmentId = "new" } = useParams({ strict: false });
  const segment = useSegment(segmentId);
  const back = <Link to="/segments">{t("back")}</Link>;
  if (segmentId === "new") {
    return (
      <>
        <PageHeader title={t("newLive")} back={back} />
        <LiveEditor segment={null} />
      </>
    );
  }
  if (segment.data === undefined) {
    return (
      <>
        <PageHeader title={t("live")} back={back} />
        {segment.error === null ? <Loading kind="page" /> : <ErrorState error={segment.error} onRetry={() => void segment.refetch()} />}
      </>
    );
  }
  return (
    <>
      <PageHeader title={segment.data.name} back={back} actions={<DeleteButton segment={segment.data} />} />
      <div className={classes.column}>
        {segment.data.story !== null && <PersonaCard segment={segment.data} />}
        {segment.data.kind === "live" ? <LiveEditor key={segment.data.changedAt} segment={segment.data} /> : (
          <>
            <ListEntries segment={segment.data} />
            <ListDetails key={segment.data.changedAt} segment={segment.data} />
          </>
        )}
        <MembersCard key={segment.data.changedAt} segment={segment.data} />
      </div>
    </>
  );
};

const DeleteButton = ({ segment }: { segment: Segment }) => {
  const t = useTexts(segmentsTexts);
  const navigate = useNavigate();
  const canWrite = useAbility("segments.write");
  const verbs = useSegmentVerbs();
  const [isOpen, setOpen] = useState(false);
  if (!canWrite) return null;
  const remove = async (): Promise<void> => {
    await verbs.remove(segment.id);
    notifyDone(t("deleted"));
    await navigate({ to: "/segments" });
  };
  return (
    <>
      <Button variant="default" fw={500} onClick={() => setOpen(true)}>{t("delete")}</Button>
      <ConfirmDialog isOpen={isOpen} onClose={() => setOpen(false)} title={t("deleteTitle")} body={t("deleteBody")} confirmLabel={t("delete")} isDangerous onConfirm={remove} />
    </>
  );
};
