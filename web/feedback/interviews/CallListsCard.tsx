import { Button } from "@mantine/core";
import { IconPhoneCall, IconPlus } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useAbility } from "../../shell/session.data.ts";
import { Card } from "../../ui/Card.tsx";
import { DataTable } from "../../ui/DataTable.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ProgressBar } from "../../ui/ProgressBar.tsx";
import { SidePanel } from "../../ui/SidePanel.tsx";
import { Time } from "../../ui/Time.tsx";
import type { Column } from "../../ui/table.ts";
import { type Translate, useTexts } from "../../ui/texts.ts";
import { CallListForm } from "./CallListForm.tsx";
import { CallListMenu } from "./CallListMenu.tsx";
import { type CallList, useCallLists } from "./interviews.data.ts";
import { interviewsTexts, type InterviewsTexts } from "./interviews.texts.ts";
import { OutcomesPanel } from "./OutcomesPanel.tsx";

export const CallListsCard = ({ surveyId }: { surveyId: string | undefined }) => {
  const t = useTexts(interviewsTexts);
  const lists = useCallLists(surveyId);
  const [mayCall, mayWrite] = [useAbility("interviews.call"), useAbility("interviews.write")];
  const [edited, setEdited] = useState<CallList | "new" | null>(null);
  const [looked, setLooked] = useState<CallList | null>(null);
  const close = (): void => setEdited(null);
  return (
    <Card title={t("lists")} subtitle={t("listsAbout")}
      aside={mayWrite && <Button size="compact-sm" style={{ flex: "none" }} leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setEdited("new")}>{t("create")}</Button>}>
      <DataTable
        name="call-lists"
        label={t("lists")}
        columns={columnsFor({ t, surveyId, mayCall, mayWrite, onEdit: setEdited, onLook: setLooked })}
        rows={lists.data?.items ?? []}
        rowKey={(row) => row.id}
        isLoading={lists.isPending}
        error={lists.error}
        onRetry={() => void lists.refetch()}
        empty={<EmptyState icon={IconPhoneCall} title={t("none")} body={mayWrite ? t("noneBody") : t("noneToCall")} />}
      />
      <SidePanel isOpen={edited !== null} onClose={close} title={edited === null || edited === "new" ? t("createTitle") : t("editTitle", { name: edited.name })}>
        {edited !== null && <CallListForm list={edited === "new" ? null : edited} surveyId={surveyId} onDone={close} />}
      </SidePanel>
      <SidePanel isOpen={looked !== null} onClose={() => setLooked(null)} title={t("outcomesTitle", { name: looked?.name ?? "" })} width={560}>
        {looked !== null && <OutcomesPanel listId={looked.id} />}
      </SidePanel>
    </Card>
  );
};

type Given = {
  t: Translate<InterviewsTexts>; surveyId: string | undefined; mayCall: boolean; mayWrite: boolean;
  onEdit: (list: CallList) => void; onLook: (list: CallList) => void;
};

const columnsFor = ({ t, surveyId, mayCall, mayWrite, onEdit, onLook }: Given): Column<CallList>[] => [
  { key: "name", label: t("name"), isFixed: true, isSortable: true, value: (row) => row.name, render: (row) => <strong>{row.name}</strong> },
  ...(surveyId === undefined ? [{ key: "survey", label: t("survey"), isSortable: true, value: (row: CallList) => row.surveyName, render: (row: CallList) => row.surveyName }] : []),
  { key: "status", label: t("status"), width: 120, isSortable: true, value: (row) => row.status, render: (row) => <span {...(row.status === "open" ? {} : { className: "quiet" })}>{t(row.status)}</span> },
  {
    key: "progress", label: t("progress"), width: 180, isSortable: true, value: (row) => row.done / Math.max(1, row.people),
    render: (row) => <ProgressBar label={t("progressOf", { done: row.done, people: row.people })} done={row.done} of={row.people} />,
  },
  { key: "callbacks", label: t("callbacks"), width: 100, align: "end", isSortable: true, value: (row) => row.callbacks, render: (row) => row.callbacks },
  { key: "made", label: t("made"), width: 100, isHiddenAtFirst: true, isSortable: true, value: (row) => row.createdAt, render: (row) => <Time at={row.createdAt} /> },
  {
    key: "actions", label: t("actions"), align: "end", width: 220, isFixed: true,
    render: (row) => (
      <>
        {mayCall && <Button component={Link} to={`/call-lists/${row.id}`} variant="subtle" size="compact-xs" aria-label={`${t("call")}: ${row.name}`}>{t("call")}</Button>}
        <Button variant="subtle" size="compact-xs" onClick={() => onLook(row)} aria-label={`${t("outcomes")}: ${row.name}`}>{t("outcomes")}</Button>
        {mayWrite && <CallListMenu list={row} onEdit={() => onEdit(row)} />}
      </>
    ),
  },
];
