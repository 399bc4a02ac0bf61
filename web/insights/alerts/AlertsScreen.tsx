import { Button, SegmentedControl } from "@mantine/core";
import { IconBell, IconPlus } from "@tabler/icons-react";
import { useEffect } from "react";
import { type Search, useTypedSearch } from "../../shell/search.ts";
import { useAbility } from "../../shell/session.data.ts";
import { Card, Grid } from "../../ui/Card.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { useTexts } from "../../ui/texts.ts";
import { AlertItem } from "./AlertItem.tsx";
import { markSeen, useAlerts, useFreshAlerts, useRules } from "./alerts.data.ts";
import { alertsTexts } from "./alerts.texts.ts";
import { RuleEditor } from "./RuleEditor.tsx";
import { RulesCard } from "./RulesCard.tsx";
import "./alerts.css";

const states = ["all", "open", "over"] as const;
type Shown = (typeof states)[number];
const readSearch = (search: Search): { shown: Shown; rule: string | undefined; asked: string | undefined } => ({ shown: states.find((known) => known === search.state) ?? "all", rule: search.rule, asked: search.alert });
/** A mail of long ago leads to an alert that far down. */
const pagesMax = 10;

/** What moved beyond chance, and the rules that look for it. */
export const AlertsScreen = () => {
  const t = useTexts(alertsTexts);
  const [{ shown, rule, asked }, change] = useTypedSearch(readSearch);
  const mayEdit = useAbility("alerts.edit");
  useFreshAlerts();
  const rules = useRules();
  const edited = rules.data?.items.find(({ id }) => id === rule) ?? null;
  return (
    <>
      <PageHeader
        title={t("title")}
        actions={
          mayEdit && (
            <Button size="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => change({ rule: "new" }, { replace: false })}>
              {t("newRule")}
            </Button>
          )
        }
      />
      <Grid>
        <AlertList shown={shown} asked={asked} onShow={(next) => change({ state: next === "all" ? undefined : next })} />
        <RulesCard state={rules} mayEdit={mayEdit} onEdit={(id) => change({ rule: id }, { replace: false })} />
      </Grid>
      {mayEdit && (rule === "new" || edited !== null) && <RuleEditor key={rule} rule={edited} onClose={() => change({ rule: undefined })} />}
    </>
  );
};

const AlertList = ({ shown, asked, onShow }: { shown: Shown; asked: string | undefined; onShow: (next: Shown) => void }) => {
  const t = useTexts(alertsTexts);
  const list = useAlerts(shown === "all" ? undefined : shown);
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const newIds = items.filter(({ state }) => state === "raised").map(({ id }) => id).join(" ");
  // They stay marked as new on this visit; whoever comes back has seen them.
  useEffect(() => {
    if (newIds !== "") markSeen(newIds.split(" ")).catch(() => undefined);
  }, [newIds]);
  const isFurtherDown = asked !== undefined && list.hasNextPage && (list.data?.pages.length ?? 0) < pagesMax && items.every(({ id }) => id !== asked);
  useEffect(() => {
    if (isFurtherDown && !list.isFetching) void list.fetchNextPage();
  }, [isFurtherDown, list]);
  const choice = [{ value: "all", label: t("all") }, { value: "open", label: t("lasting") }, { value: "over", label: t("over") }];
  return (
    <Card
      span={12}
      title={t("listTitle")}
      subtitle={t("listHint")}
      aside={<SegmentedControl size="xs" aria-label={t("which")} data={choice} value={shown} onChange={(value) => onShow(states.find((known) => known === value) ?? "all")} />}
    >
      {list.isPending ? (
        <Loading kind="rows" rows={4} />
      ) : list.isError ? (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} />
      ) : items.length === 0 ? (
        <EmptyState icon={IconBell} title={t(shown === "all" ? "noneAtAll" : shown === "open" ? "none" : "noneOver")} body={t("noneBody")} />
      ) : (
        <ul className="alert-list">
          {items.map((alert) => (
            <AlertItem key={alert.id} alert={alert} isAsked={alert.id === asked} />
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <Button variant="default" size="xs" mt="sm" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("more")}
        </Button>
      )}
    </Card>
  );
};
