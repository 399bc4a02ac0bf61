import { Button, Modal, SegmentedControl, TextInput } from "@mantine/core";
import { IconUsersGroup } from "@tabler/icons-react";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useAbility } from "../../shell/session.data.ts";
import { type Search, useTypedSearch } from "../../shell/search.ts";
import { DataTable } from "../../ui/DataTable.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { useFields } from "../../ui/fields.ts";
import { Form } from "../../ui/Form.tsx";
import { formatNumber } from "../../ui/numbers.ts";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { SearchField } from "../../ui/SearchField.tsx";
import type { Column } from "../../ui/table.ts";
import { type Translate, useTexts } from "../../ui/texts.ts";
import { Time } from "../../ui/Time.tsx";
import { PersonaPicture } from "./PersonaPicture.tsx";
import classes from "./Segments.module.css";
import { type Segment, type SegmentFilters, useSegments, useSegmentVerbs } from "./segments.data.ts";
import { segmentsTexts, type SegmentsTexts } from "./segments.texts.ts";

const readSearch = ({ search = "", kind }: Search): SegmentFilters => ({ search, ...(kind === "list" || kind === "live" ? { kind } : {}) });

/** Contact lists and live segments. */
export const SegmentListScreen = () => {
  const t = useTexts(segmentsTexts);
  const navigate = useNavigate();
  const [filters, change] = useTypedSearch(readSearch);
  const segments = useSegments(filters);
  return (
    <>
      <PageHeader title={t("title")} actions={<Actions />} />
      <DataTable
        name="segments"
        label={t("title")}
        toolbar={<Toolbar filters={filters} onChange={change} />}
        columns={columnsFor(t)}
        rows={segments.data?.pages.flatMap((page) => page.items) ?? []}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate({ to: "/segments/$segmentId", params: { segmentId: row.id } })}
        onEnd={() => void (segments.hasNextPage && !segments.isFetchingNextPage && segments.fetchNextPage())}
        isLoading={segments.isPending}
        isLoadingMore={segments.isFetchingNextPage}
        error={segments.error}
        onRetry={() => void segments.refetch()}
        empty={
          filters.search === "" && filters.kind === undefined
            ? <EmptyState title={t("none")} body={t("noneBody")} icon={IconUsersGroup} action={{ label: t("newLive"), to: "/segments/new" }} />
            : <EmptyState title={t("noneFound")} icon={IconUsersGroup} />
        }
      />
    </>
  );
};

const Actions = () => {
  const t = useTexts(segmentsTexts);
  const canWrite = useAbility("segments.write");
  const [isOpen, setOpen] = useState(false);
  if (!canWrite) return null;
  return (
    <>
      <Button variant="default" fw={500} onClick={() => setOpen(true)}>{t("newList")}</Button>
      <Button component={Link} to="/segments/new">{t("newLive")}</Button>
      <Modal opened={isOpen} onClose={() => setOpen(false)} title={t("newList")} size="sm">
        <NewListForm />
      </Modal>
    </>
  );
};

const NewListForm = () => {
  const t = useTexts(segmentsTexts);
  const navigate = useNavigate();
  const verbs = useSegmentVerbs();
  const fields = useFields({ name: "", description: "" }, { name: (name) => (name.trim() === "" ? t("nameMissing") : null) });
  const create = async (): Promise<void> => {
    const list = await verbs.create({ kind: "list", ...fields.values, story: null });
    await navigate({ to: "/segments/$segmentId", params: { segmentId: list.id } });
  };
  return (
    <Form submitLabel={t("create")} check={fields.check} onSubmit={create}>
      <TextInput label={t("name")} maxLength={120} data-autofocus {...fields.text("name")} />
      <TextInput label={t("description")} maxLength={500} {...fields.text("description")} />
    </Form>
  );
};

const Toolbar = ({ filters, onChange }: { filters: SegmentFilters; onChange: (patch: Search) => void }) => {
  const t = useTexts(segmentsTexts);
  const choices = [{ value: "all", label: t("everything") }, { value: "live", label: t("lives") }, { value: "list", label: t("lists") }];
  return (
    <>
      <SearchField label={t("search")} value={filters.search} onChange={(search) => onChange({ search })} />
      <SegmentedControl size="xs" aria-label={t("kind")} data={choices} value={filters.kind ?? "all"} onChange={(kind) => onChange({ kind: kind === "all" ? undefined : kind })} />
    </>
  );
};

const columnsFor = (t: Translate<SegmentsTexts>): Column<Segment>[] => [
  { key: "name", label: t("name"), isFixed: true, render: (row) => (
    <span className={classes.named}>
      {row.story !== null && <PersonaPicture segmentId={row.id} pictureId={row.pictureId} name={row.name} size={22} />}
      <Link to="/segments/$segmentId" params={{ segmentId: row.id }}>{row.name}</Link>
    </span>
  ) },
  { key: "kind", label: t("kindColumn"), width: 140, render: (row) => (row.story === null ? t(row.kind) : `${t(row.kind)}, ${t("isPersona")}`) },
  { key: "description", label: t("description"), render: (row) => row.description || <span className="quiet">–</span> },
  { key: "customers", label: t("customers"), width: 120, align: "end", render: (row) => (row.customers === null ? <span className="quiet">–</span> : formatNumber(row.customers)) },
  { key: "counted", label: t("counted"), width: 120, render: (row) => (row.countedAt === null ? <span className="quiet">–</span> : <Time at={row.countedAt} />) },
];
