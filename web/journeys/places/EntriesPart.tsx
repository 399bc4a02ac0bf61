import { Button, UnstyledButton } from "@mantine/core";
import { IconMapPin, IconPlus } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useLive } from "../../shell/live.ts";
import { useAbility } from "../../shell/session.data.ts";
import { Card } from "../../ui/Card.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { notifyFailed } from "../../ui/notices.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { SidePanel } from "../../ui/SidePanel.tsx";
import { SortableList } from "../../ui/SortableList.tsx";
import { useTexts } from "../../ui/texts.ts";
import { EntryEditor } from "./EntryEditor.tsx";
import { EntryProposals } from "./EntryProposals.tsx";
import { type EntriesReply, type EntryKind, type ListedEntry, orderEntries, refreshEntries, useEntries } from "./places.data.ts";
import { placesTexts } from "./places.texts.ts";
import { RegisterTabs } from "./RegisterTabs.tsx";
import "./places.css";

/** One part of the register: its entries in their order with what was seen of each, and what was met beside them. */
export const EntriesPart = ({ kind, title }: { kind: EntryKind; title: string }) => {
  const t = useTexts(placesTexts);
  const entries = useEntries(kind);
  const mayWrite = useAbility("touchpoints.write");
  const [editing, setEditing] = useState<{ entry: ListedEntry | null } | null>(null);
  useLive(["places.changed", "touchpoints.changed", "touchpoints.renamed"], () => void refreshEntries());
  const add = { label: t(`${kind}Add`), onClick: () => setEditing({ entry: null }) };
  const { items = [], proposals = [] } = entries.data ?? {};
  return (
    <div className="entry-screen">
      <PageHeader title={title} actions={mayWrite && <Button leftSection={<IconPlus size={14} aria-hidden />} onClick={add.onClick}>{add.label}</Button>} />
      <RegisterTabs part={kind} />
      <Card title={t(`${kind}Title`)} subtitle={t(`${kind}Body`)} aside={entries.data !== undefined && <span className="quiet">{basisText(entries.data.basis)}</span>}>
        {entries.isPending ? <Loading kind="rows" rows={5} />
          : entries.error !== null ? <ErrorState error={entries.error} onRetry={() => void entries.refetch()} />
          : items.length === 0 ? <EmptyState title={t(`${kind}None`)} body={t(`${kind}NoneBody`)} icon={IconMapPin} {...(mayWrite ? { action: add } : {})} />
          : <EntryList items={items} mayWrite={mayWrite} onOpen={(entry) => setEditing({ entry })} onOrder={(next) => void orderEntries(kind, next).catch(notifyFailed)} />}
      </Card>
      {entries.data !== undefined && <EntryProposals proposals={proposals} mayWrite={mayWrite} />}
      <SidePanel isOpen={editing !== null} onClose={() => setEditing(null)} title={editing?.entry == null ? add.label : t("edit", { name: editing.entry.name })}>
        {editing !== null && <EntryEditor key={editing.entry?.id ?? "new"} kind={kind} entry={editing.entry} others={items.filter(({ id }) => id !== editing.entry?.id)} onDone={() => setEditing(null)} />}
      </SidePanel>
    </div>
  );
};

const basisText = ({ days, examined }: EntriesReply["basis"]): string =>
  days === null ? placesTexts.say("basisExamined", { count: examined ?? 0 }) : placesTexts.say("basisDays", { days });

type EntryListProps = { items: readonly ListedEntry[]; mayWrite: boolean; onOpen: (entry: ListedEntry) => void; onOrder: (items: readonly ListedEntry[]) => void };

const EntryList = ({ items, mayWrite, onOpen, onOrder }: EntryListProps) => {
  const nameById = new Map(items.map(({ id, name }) => [id, name]));
  const move = (id: string, to: number): void => {
    const moved = items.find((item) => item.id === id);
    if (moved !== undefined) onOrder(items.filter((item) => item.id !== id).toSpliced(to, 0, moved));
  };
  return (
    <SortableList items={items} nameOf={({ name }) => name} isLocked={!mayWrite} onMove={move}
      render={(entry, _index, handle) => <EntryLine entry={entry} handle={handle} parent={entry.parentId === null ? null : (nameById.get(entry.parentId) ?? null)} onOpen={() => onOpen(entry)} />} />
  );
};

type EntryLineProps = { entry: ListedEntry; handle: ReactNode; parent: string | null; onOpen: () => void };

const EntryLine = ({ entry, handle, parent, onOpen }: EntryLineProps) => {
  const t = useTexts(placesTexts);
  const { name, phase, alsoCalled, meetings } = entry;
  const details = [phase === null ? null : t(phase), parent, ...alsoCalled].filter((word) => word !== null).join(" · ");
  return (
    <div className={`entry ${handle === null ? "entry-locked" : ""}`}>
      {handle}
      <span><UnstyledButton className="entry-name" onClick={onOpen}>{name}</UnstyledButton></span>
      <span className="entry-details" title={details}>{details}</span>
      <span className="entry-count">{meetings === 0 ? <span className="quiet" title={t("neverBody")}>{t("never")}</span> : t("meetings", { count: meetings })}</span>
    </div>
  );
};
