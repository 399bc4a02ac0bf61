import { ActionIcon, Popover } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import type { CSSProperties, ReactNode } from "react";
import { formatDayWithYear } from "../../ui/dates.ts";
import { presetLabel } from "../../ui/period.ts";
import { useTexts } from "../../ui/texts.ts";
import type { Annotation } from "../annotations/annotations.data.ts";
import { metricsTexts } from "../metrics/metrics.texts.ts";
import type { Tile } from "./dashboards.data.ts";
import { dashboardsTexts } from "./dashboards.texts.ts";
import { TileBody, type TileState } from "./TileBody.tsx";
import { describeFilters, titleOf } from "./tile-words.ts";

type TileCardProps = {
  tile: Tile;
  state: TileState;
  annotations: readonly Annotation[];
  style?: CSSProperties;
  /** Handle and menu while the board is changed. */
  controls?: ReactNode;
  footer?: ReactNode;
  isLifted?: boolean;
  /** Of what filters hold by id. */
  names?: ReadonlyMap<string, string> | undefined;
  timeZone: string;
};

/** A tile with its title, what narrows it, and how its number is computed. */
export const TileCard = ({ tile, state, annotations, style, controls, footer, isLifted = false, names, timeZone }: TileCardProps) => {
  const title = titleOf(tile);
  const narrowed = tile.chart === "note" ? "" : [describeFilters(tile.filters, names), tile.period === null ? "" : presetLabel(tile.period)].filter(Boolean).join(" · ");
  const isBare = tile.chart === "note" && tile.title === "";
  return (
    <section className={`card tile-card tile-kind-${tile.chart} ${isLifted ? "tile-lifted" : ""}`} style={style} aria-label={title} data-tile={tile.id}>
      <header className="tile-head">
        {!isBare && (
          <div>
            <h2 dir="auto">{title}</h2>
            {narrowed !== "" && <p className="card-subtitle">{narrowed}</p>}
          </div>
        )}
        <span className="tile-tools">
          {tile.chart !== "note" && controls === undefined && <TileDefinition title={title} narrowed={narrowed} state={state} timeZone={timeZone} />}
          {controls}
        </span>
      </header>
      <div className="tile-body">
        <TileBody tile={tile} state={state} annotations={annotations} timeZone={timeZone} />
      </div>
      {footer}
    </section>
  );
};

const TileDefinition = ({ title, narrowed, state, timeZone }: { title: string; narrowed: string; state: TileState; timeZone: string }) => {
  const t = useTexts(dashboardsTexts);
  const words = useTexts(metricsTexts);
  const { numbers } = state;
  if (numbers?.state !== "measured") return null;
  const { definition, asked } = numbers;
  const days = `${formatDayWithYear(new Date(asked.period.from), timeZone)} – ${formatDayWithYear(new Date(Date.parse(asked.period.to) - 1), timeZone)}`;
  return (
    <Popover width={340} position="bottom-end" shadow="md" trapFocus>
      <Popover.Target>
        <ActionIcon variant="transparent" c="dimmed" size={24} aria-label={t("definition", { name: title })}>
          <IconInfoCircle size={15} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={definition.title}>
        <h3 className="definition-title">{definition.title}</h3>
        <dl className="definition">
          <dt>{words("formula")}</dt>
          <dd>{definition.formula}</dd>
          <dt>{words("interval")}</dt>
          <dd>{definition.interval}</dd>
          <dt>{words("comparison")}</dt>
          <dd>{definition.comparison}</dd>
          <dt>{t("definitionPeriod")}</dt>
          <dd>{days}</dd>
          {narrowed !== "" && (
            <>
              <dt>{t("definitionFilters")}</dt>
              <dd>{narrowed}</dd>
            </>
          )}
          <dt>{words("source")}</dt>
          <dd className="quiet">{definition.source}</dd>
        </dl>
      </Popover.Dropdown>
    </Popover>
  );
};
