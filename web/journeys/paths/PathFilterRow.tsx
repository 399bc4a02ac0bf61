import { Button, Menu, Popover } from "@mantine/core";
import { IconFilterPlus, IconX } from "@tabler/icons-react";
import { type ReactNode, useRef, useState } from "react";
import { useSegmentChoices } from "../../customers/customers.parts.ts";
import type { Search } from "../../shell/search.ts";
import { useTexts } from "../../ui/texts.ts";
import { draftOf, FilterFields, filterOf } from "./FilterFields.tsx";
import { type FilterKind, patchFor, type PathFilter, sayFilter } from "./path-filters.ts";
import { pathsTexts } from "./paths.texts.ts";

type PathFilterRowProps = {
  /** The address as it is. */
  raw: Search;
  filters: readonly PathFilter[];
  /** Names of steps to choose from, those met most first. */
  names: readonly string[];
  /** Each change is a place in the history of the browser: going back undoes it. */
  onChange: (patch: Search, how: { replace: false }) => void;
};

const groups = [
  { label: "filtersOfWay", kinds: ["startsWith", "passes", "avoids", "endsWith", "follows", "repeats"] },
  { label: "filtersOfKnown", kinds: ["property", "trait", "segment", "channel"] },
] as const;

// Of the others one stands in an address: choosing it again changes it.
const isOneOfMany = (kind: FilterKind): boolean => kind === "property" || kind === "trait";

type Editing = { kind: FilterKind; before: PathFilter | null };

/** Which paths are shown: each filter in plain words, to change or take away, and a menu to add one. */
export const PathFilterRow = ({ raw, filters, names, onChange }: PathFilterRowProps) => {
  const t = useTexts(pathsTexts);
  const row = useRef<HTMLDivElement>(null);
  const [editing, setEditing] = useState<Editing | null>(null);
  const [said, setSaid] = useState("");
  const chosen = filters.flatMap((filter) => (filter.kind === "segment" ? [filter.id] : []));
  const { choices: segments } = useSegmentChoices({ isWanted: chosen.length > 0, chosen });
  const say = (filter: PathFilter): string => sayFilter(filter, (id) => segments.find(({ value }) => value === id)?.label);
  const put = (before: PathFilter | null, after: PathFilter): void => {
    setEditing(null);
    setSaid(t("filterSet", { filter: say(after) }));
    onChange(patchFor(raw, before, after), { replace: false });
  };
  const remove = (filter: PathFilter, at: number): void => {
    // The button under the focus goes away: the next one takes it.
    const buttons = [...(row.current?.querySelectorAll<HTMLElement>("[data-remove]") ?? [])];
    (buttons[at + 1] ?? buttons[at - 1] ?? row.current?.querySelector<HTMLElement>("[data-add]"))?.focus();
    setSaid(t("filterGone", { filter: say(filter) }));
    onChange(patchFor(raw, filter, null), { replace: false });
  };
  // What opened the form may be gone by now: a place in the menu always is.
  const catchFocus = (): void => {
    if (document.activeElement === document.body) row.current?.querySelector<HTMLElement>("[data-add]")?.focus();
  };
  const editor = (kind: FilterKind, before: PathFilter | null): ReactNode => <FilterForm key={kind} kind={kind} before={before} names={names} onPut={(after) => put(before, after)} />;
  return (
    <div className="path-filters" ref={row} role="group" aria-label={t("filters")}>
      <ul className="active-filters">
        {filters.map((filter, at) => (
          <li key={`${filter.kind} ${at}`}>
            <EditPopover isOpen={editing?.before === filter} onClose={() => setEditing(null)} onClosed={catchFocus} form={editor(filter.kind, filter)}>
              {filter.kind === "variant" ? <span>{say(filter)}</span> : <button type="button" className="path-filter" aria-label={t("changeFilter", { filter: say(filter) })} aria-haspopup="dialog" onClick={() => setEditing({ kind: filter.kind, before: filter })}><bdi>{say(filter)}</bdi></button>}
            </EditPopover>
            <button type="button" data-remove aria-label={t("removeFilter", { filter: say(filter) })} onClick={() => remove(filter, at)}><IconX size={12} aria-hidden /></button>
          </li>
        ))}
      </ul>
      <EditPopover isOpen={editing !== null && editing.before === null} onClose={() => setEditing(null)} onClosed={catchFocus} form={editing === null ? null : editor(editing.kind, null)}>
        <AddMenu onChoose={(kind) => setEditing({ kind, before: filters.find((filter) => filter.kind === kind && !isOneOfMany(kind)) ?? null })} />
      </EditPopover>
      <p className="sr-only" role="status">{said}</p>
    </div>
  );
};

const AddMenu = ({ onChoose }: { onChoose: (kind: FilterKind) => void }) => {
  const t = useTexts(pathsTexts);
  return (
    <div className="path-filter-add">
      <Menu position="bottom-start" shadow="md" width={270} returnFocus>
        <Menu.Target>
          <Button data-add variant="subtle" size="compact-sm" leftSection={<IconFilterPlus size={14} aria-hidden />}>{t("addFilter")}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          {groups.map(({ label, kinds }) => [
            <Menu.Label key={label}>{t(label)}</Menu.Label>,
            ...kinds.map((kind) => <Menu.Item key={kind} onClick={() => onChoose(kind)}>{t(`add_${kind}`)}</Menu.Item>),
          ])}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
};

type EditPopoverProps = { isOpen: boolean; onClose: () => void; onClosed: () => void; form: ReactNode; children: ReactNode };

const EditPopover = ({ isOpen, onClose, onClosed, form, children }: EditPopoverProps) => {
  const t = useTexts(pathsTexts);
  return (
    <Popover opened={isOpen} onChange={(isNow) => !isNow && onClose()} onDismiss={onClose} onExitTransitionEnd={onClosed} position="bottom-start" shadow="md" width={300} trapFocus returnFocus closeOnEscape withRoles={false}>
      <Popover.Target><span className="path-filter-target">{children}</span></Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={t("editFilter")}>{isOpen && form}</Popover.Dropdown>
    </Popover>
  );
};

type FilterFormProps = { kind: FilterKind; before: PathFilter | null; names: readonly string[]; onPut: (after: PathFilter) => void };

const FilterForm = ({ kind, before, names, onPut }: FilterFormProps) => {
  const t = useTexts(pathsTexts);
  const [draft, setDraft] = useState(() => draftOf(kind, before));
  const [isIncomplete, setIncomplete] = useState(false);
  const send = (): void => {
    const after = filterOf(draft);
    if (after === null) setIncomplete(true);
    else onPut(after);
  };
  return (
    <form className="path-filter-form" onSubmit={(event) => { event.preventDefault(); send(); }}>
      <FilterFields draft={draft} steps={names} set={(patch) => { setIncomplete(false); setDraft({ ...draft, ...patch }); }} />
      {isIncomplete && <p className="path-filter-fault" role="alert">{t("filterIncomplete")}</p>}
      <Button type="submit" size="xs">{t(before === null ? "applyFilter" : "changeFilterNow")}</Button>
    </form>
  );
};
