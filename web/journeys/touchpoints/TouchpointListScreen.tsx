import { Button } from "@mantine/core";
import { IconMapPin, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useLive } from "../../shell/live.ts";
import { useTypedSearch } from "../../shell/search.ts";
import { useAbility } from "../../shell/session.data.ts";
import { Card } from "../../ui/Card.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { notifyFailed } from "../../ui/notices.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { SidePanel } from "../../ui/SidePanel.tsx";
import { useTexts } from "../../ui/texts.ts";
import { EntriesPart } from "../places/EntriesPart.tsx";
import { readPart, RegisterTabs } from "../places/RegisterTabs.tsx";
import { ProposalsCard } from "./ProposalsCard.tsx";
import { TouchpointEditor } from "./TouchpointEditor.tsx";
import classes from "./TouchpointListScreen.module.css";
import { TouchpointTable } from "./TouchpointTable.tsx";
import { type ListedTouchpoint, orderTouchpoints, refreshTouchpoints, useTouchpoints } from "./touchpoints.data.ts";
import { touchpointsTexts } from "./touchpoints.texts.ts";

type Editing = { touchpoint: ListedTouchpoint | null } | null;

/** The register: touchpoints, and beside them stages, environments, products and places. */
export const TouchpointListScreen = () => {
  const t = useTexts(touchpointsTexts);
  const [part] = useTypedSearch(readPart);
  return part === undefined ? <TouchpointsPart /> : <EntriesPart key={part} kind={part} title={t("title")} />;
};

/** The register of touchpoints: what is known of each, in the order in which their rules are tried. */
const TouchpointsPart = () => {
  const t = useTexts(touchpointsTexts);
  const touchpoints = useTouchpoints();
  const mayWrite = useAbility("touchpoints.write");
  const [editing, setEditing] = useState<Editing>(null);
  useLive(["touchpoints.changed", "touchpoints.renamed"], () => void refreshTouchpoints());
  const add = { label: t("add"), onClick: () => setEditing({ touchpoint: null }) };
  const items = touchpoints.data?.items ?? [];
  return (
    <div className={classes.screen}>
      <PageHeader
        title={t("title")}
        actions={mayWrite && <Button leftSection={<IconPlus size={14} aria-hidden />} onClick={add.onClick}>{add.label}</Button>}
      />
      <RegisterTabs part={undefined} />
      <Card title={t("register")} subtitle={t("registerBody")} aside={<span className={classes.period}>{t("period")}</span>}>
        {touchpoints.isPending ? <Loading kind="rows" rows={6} />
          : touchpoints.error !== null ? <ErrorState error={touchpoints.error} onRetry={() => void touchpoints.refetch()} />
          : items.length === 0 ? <EmptyState title={t("none")} body={t("noneBody")} icon={IconMapPin} {...(mayWrite ? { action: add } : {})} />
          : <TouchpointTable items={items} mayWrite={mayWrite} onOpen={(touchpoint) => setEditing({ touchpoint })} onOrder={(next) => void orderTouchpoints(next).catch(notifyFailed)} />}
      </Card>
      <ProposalsCard mayWrite={mayWrite} />
      <SidePanel isOpen={editing !== null} onClose={() => setEditing(null)} width={640}
        title={editing?.touchpoint == null ? t("newTouchpoint") : t("edit", { name: editing.touchpoint.name })}>
        {editing !== null && <TouchpointEditor key={editing.touchpoint?.id ?? "new"} touchpoint={editing.touchpoint} onDone={() => setEditing(null)} />}
      </SidePanel>
    </div>
  );
};
