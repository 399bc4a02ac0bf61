import { MultiSelect } from "@mantine/core";
import { useSegmentChoices } from "../../customers/customers.parts.ts";
import { useTexts } from "../../ui/texts.ts";
import { reportsTexts } from "./reports.texts.ts";
import type { PartProps } from "./report-part.ts";

const MOST = 8;

/** The contact lists and segments that stand side by side. */
export const ComparedLists = ({ search, change }: Pick<PartProps, "search" | "change">) => {
  const t = useTexts(reportsTexts);
  const { choices, failure } = useSegmentChoices({ chosen: search.compared });
  return (
    <MultiSelect
      className="report-joined" label={t("comparedLists")} placeholder={search.compared.length === 0 ? t("comparedPlaceholder") : ""} data={choices} error={failure} value={[...search.compared]} searchable clearable
      clearButtonProps={{ "aria-label": t("clear") }} maxValues={MOST} onChange={(ids) => change({ compared: ids.length === 0 ? undefined : ids.join(",") })}
    />
  );
};
