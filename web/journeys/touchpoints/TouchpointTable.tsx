import { UnstyledButton } from "@mantine/core";
import { IconGripVertical } from "@tabler/icons-react";
import { type KeyboardEvent, useState } from "react";
import { nameOfChannel } from "../../ui/channel-names.ts";
import { formatNumber } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import { Time } from "../../ui/Time.tsx";
import { EvidenceBadge } from "./EvidenceBadge.tsx";
import { FeelingCell } from "./FeelingCell.tsx";
import { withItemAt } from "./order.rules.ts";
import classes from "./TouchpointListScreen.module.css";
import type { ListedTouchpoint } from "./touchpoints.data.ts";
import { touchpointsTexts } from "./touchpoints.texts.ts";

type TouchpointTableProps = {
  items: readonly ListedTouchpoint[];
  mayWrite: boolean;
  onOpen: (item: ListedTouchpoint) => void;
  onOrder: (items: readonly ListedTouchpoint[]) => void;
};

/** The register in its order. Rows move by dragging their handle, or with the arrow keys while the handle has the focus. */
export const TouchpointTable = ({ items, mayWrite, onOpen, onOrder }: TouchpointTableProps) => {
  const t = useTexts(touchpointsTexts);
  const [dragged, setDragged] = useState<number | null>(null);
  const [said, setSaid] = useState("");
  const hasDemands = items.some(({ steps, minutes, documents }) => steps !== null || minutes !== null || documents.length > 0);
  const move = (from: number, to: number): void => {
    const next = withItemAt(items, from, to);
    const name = items[from]?.name;
    if (next === items || name === undefined) return;
    setSaid(t("moved", { name, position: to + 1, count: items.length }));
    onOrder(next);
  };
  return (
    <div className="sideways-scroll">
      <table className={classes.table}>
        <caption className="sr-only">{t("register")}</caption>
        <thead>
          <tr>
            {mayWrite && <th scope="col"><span className="sr-only">{t("order")}</span></th>}
            <th scope="col">{t("name")}</th>
            <th scope="col">{t("stage")} · {t("channel")}</th>
            <th scope="col" className={classes.number}>{t("meetings")}</th>
            <th scope="col" className={classes.number}>{t("people")}</th>
            <th scope="col">{t("feeling")}</th>
            <th scope="col">{t("evidence")}</th>
            <th scope="col">{t("lastMet")}</th>
            {hasDemands && <th scope="col">{t("effort")}</th>}
          </tr>
        </thead>
        <tbody>
          {items.map((item, index) => (
            <tr
              key={item.id}
              className={dragged === index ? classes.dragged : undefined}
              onDragOver={(event) => dragged !== null && event.preventDefault()}
              onDrop={() => { if (dragged !== null) move(dragged, index); setDragged(null); }}
            >
              {mayWrite && (
                <td>
                  <Handle name={item.name} onStep={(step) => move(index, index + step)} onDrag={(isDragged) => setDragged(isDragged ? index : null)} />
                </td>
              )}
              <th scope="row">
                <UnstyledButton className={classes.name} onClick={() => onOpen(item)}>{item.name}</UnstyledButton>
                <span className={classes.beside}>{[t(item.kind), ...(item.team === null ? [] : [item.team])].join(" · ")}</span>
              </th>
              <td>{item.stage}<span className={classes.beside}>{item.channel !== null && nameOfChannel(item.channel)}</span></td>
              <td className={classes.number}>{formatNumber(item.seen.interactions)}</td>
              <td className={classes.number}>{formatNumber(item.seen.customers)}</td>
              <td><FeelingCell seen={item.seen} /></td>
              <td><EvidenceBadge evidence={item.seen.evidence} /></td>
              <td>{item.seen.lastAt === null ? <span className="quiet">{t("never")}</span> : <Time at={item.seen.lastAt} />}</td>
              {hasDemands && <td><DemandCell item={item} /></td>}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="sr-only" role="status">{said}</p>
    </div>
  );
};

/** Steps, time and documents in short; the words are in the tip and in the editor. */
const DemandCell = ({ item }: { item: ListedTouchpoint }) => {
  const t = useTexts(touchpointsTexts);
  const parts = [
    item.steps === null ? null : t("stepCount", { count: item.steps }),
    item.minutes === null ? null : t("minuteCount", { n: item.minutes }),
    item.documents.length === 0 ? null : t("documentCount", { count: item.documents.length }),
  ].filter((part) => part !== null);
  return <span title={[item.asks, ...item.documents].filter((word) => word !== "").join(", ") || undefined}>{parts.join(" · ")}</span>;
};

type HandleProps = { name: string; onStep: (step: -1 | 1) => void; onDrag: (isDragged: boolean) => void };

const Handle = ({ name, onStep, onDrag }: HandleProps) => {
  const t = useTexts(touchpointsTexts);
  const press = (event: KeyboardEvent): void => {
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    onStep(event.key === "ArrowUp" ? -1 : 1);
  };
  const drag = (event: React.DragEvent): void => {
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", name);
    onDrag(true);
  };
  return (
    <button type="button" className={classes.handle} draggable aria-label={t("move", { name })} onKeyDown={press} onDragStart={drag} onDragEnd={() => onDrag(false)}>
      <IconGripVertical size={15} aria-hidden />
    </button>
  );
};
