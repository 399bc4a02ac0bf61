import { Modal, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import type { Search } from "../../shell/search.ts";
import { useTexts } from "../../ui/texts.ts";
import { CustomerPicker } from "./CustomerPicker.tsx";
import classes from "./Map.module.css";
import { useDrawing } from "./map-drawing.ts";
import { latestQuery, type MapSearch } from "./map-search.ts";
import { mapTexts } from "./map.texts.ts";
import { useLatestAt } from "./maps.data.ts";

/** Chooses whose own facts lie on the map: first offered are those who came furthest on it lately. */
export const LayCustomer = ({ search, change }: { search: MapSearch; change: (patch: Search) => void }) => {
  const t = useTexts(mapTexts);
  const [isChoosing, setChoosing] = useState(false);
  const { columns, steps, overlay } = useDrawing();
  const last = columns.flatMap(({ step }) => (step !== null && step.matches.length > 0 && (steps.get(step.id)?.customers ?? 0) > 0 ? [step] : [])).at(-1);
  const customers = useLatestAt(isChoosing && last !== undefined && overlay !== undefined ? latestQuery(search, overlay.segments, last) : null);
  return (
    <>
      <UnstyledButton className={classes.moreWords} onClick={() => setChoosing(true)}>{t("layCustomer")}</UnstyledButton>
      <Modal opened={isChoosing} onClose={() => setChoosing(false)} title={t("layCustomer")}>
        <CustomerPicker label={t("viewpoint_customer")} offered={last === undefined ? undefined : { title: t("latestAt", { name: last.name }), customers }} onTake={({ id }) => {
          change({ customer: id });
          setChoosing(false);
        }} />
      </Modal>
    </>
  );
};
