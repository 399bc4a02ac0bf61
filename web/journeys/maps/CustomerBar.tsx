import { Button, UnstyledButton } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { Search } from "../../shell/search.ts";
import { useTexts } from "../../ui/texts.ts";
import { formatDay } from "../../ui/dates.ts";
import classes from "./Map.module.css";
import { faceOf } from "./faces.ts";
import { useDrawing } from "./map-drawing.ts";
import { type MapSearch, nobody } from "./map-search.ts";
import { mapTexts } from "./map.texts.ts";

type CustomerBarProps = {
  search: MapSearch;
  change: (patch: Search) => void;
  /** Leads to the first step that holds a moment of hers, which may lie far beside what is seen; null where all are seen, or none does. */
  goToFirst: (() => void) | null;
};

/** Whose own facts lie on the map, and those of them that no step takes. */
export const CustomerBar = ({ search, change, goToFirst }: CustomerBarProps) => {
  const t = useTexts(mapTexts);
  const { overlay } = useDrawing();
  if (search.customer === undefined) return null;
  const customer = overlay?.customer ?? null;
  const beside = customer?.entries.filter(({ stepIds }) => stepIds.length === 0) ?? [];
  const onMap = t("entriesOn", { count: (customer?.entries.length ?? 0) - beside.length });
  return (
    <section className={classes.customer} aria-label={t("laidOnMap")}>
      <p>
        <strong>{t("laidOnMap")}</strong> <Link to="/customers/$customerId" params={{ customerId: search.customer }}>{customer?.name ?? t("someCustomer")}</Link>
        {customer !== null && <span className="quiet"> · {goToFirst === null ? onMap : <UnstyledButton className={classes.moreWords} title={t("goToFirst")} onClick={goToFirst}>{onMap}</UnstyledButton>} · {t("entriesBeside", { count: beside.length })}</span>}
      </p>
      {beside.length > 0 && (
        <details>
          <summary>{t("besideMap")}</summary>
          <ul>{beside.slice(0, 50).map((entry) => <li key={entry.id}><span className="quiet">{formatDay(new Date(entry.at))}</span> {entry.touchpoint ?? entry.name ?? entry.kind} {entry.feeling !== null && t(faceOf(entry.feeling * 2).word)}</li>)}</ul>
        </details>
      )}
      <Button variant="subtle" size="compact-xs" leftSection={<IconX size={13} aria-hidden />} onClick={() => change({ customer: nobody })}>{t("takeOff")}</Button>
    </section>
  );
};
