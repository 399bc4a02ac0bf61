import { Button, Select } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useSegmentChoices } from "../../customers/customers.parts.ts";
import type { Search } from "../../shell/search.ts";
import { formatNumber } from "../../ui/numbers.ts";
import { readPeriod } from "../../ui/period.ts";
import { PeriodPicker } from "../../ui/PeriodPicker.tsx";
import { useTexts } from "../../ui/texts.ts";
import { compareTexts } from "./compare.texts.ts";
import classes from "./Compare.module.css";
import { useDrawing } from "./map-drawing.ts";
import { isSegment } from "./map-filters.ts";
import { comparedWith, everybody, type MapSearch } from "./map-search.ts";

/** What the map is compared with: any customers, any days. Shows only while something is. */
export const CompareBar = ({ search, change }: { search: MapSearch; change: (patch: Search) => void }) => {
  const t = useTexts(compareTexts);
  const { overlay } = useDrawing();
  const other = comparedWith(search);
  const who = isSegment(search.against) || search.against === everybody ? search.against : undefined;
  const { choices, failure } = useSegmentChoices({ isWanted: other !== null, chosen: [isSegment(who) ? who : undefined] });
  if (other === null) return null;
  const { from, to } = other;
  const days = { againstFrom: from, againstTo: to };
  const choose = (choice: { period: string } | { from: string; to: string }): void => {
    const chosen = "period" in choice ? readPeriod(choice) : choice;
    change({ against: who, againstFrom: chosen.from, againstTo: chosen.to });
  };
  return (
    <section className={classes.bar} aria-label={t("comparedWith")}>
      <span>{t("comparedWith")}</span>
      <Select size="xs" w={200} aria-label={t("whose")} error={failure} allowDeselect={false} searchable={choices.length > 8} value={who ?? ""}
        data={[{ value: "", label: t("sameCustomers") }, { value: everybody, label: t("everybody") }, ...choices.map(({ value, label }) => ({ value, label }))]}
        onChange={(value) => change({ against: value === null || value === "" ? undefined : value, ...days })} />
      <PeriodPicker period={{ preset: "own", from, to }} label={t("when")} onChange={choose} />
      {overlay?.against != null && <span className="quiet" title={t("overlap")}>{t("ofCustomers", { count: overlay.against.customers, n: formatNumber(overlay.against.customers) })}</span>}
      <Button variant="subtle" size="compact-xs" leftSection={<IconX size={13} aria-hidden />} onClick={() => change({ against: undefined, againstFrom: undefined, againstTo: undefined })}>{t("stop")}</Button>
    </section>
  );
};
