import { SegmentedControl } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { Search } from "../../shell/search.ts";
import { useAbility } from "../../shell/session.data.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { useTexts } from "../../ui/texts.ts";
import { mapTexts } from "./map.texts.ts";
import { copyMap, type JourneyMap, useMaps } from "./maps.data.ts";
import { siblingsOf } from "./siblings.rules.ts";

/** As it is, as it shall be, and what lies between. */
export const StateSwitch = ({ map, isDifference }: { map: JourneyMap; isDifference: boolean }) => {
  const t = useTexts(mapTexts);
  const navigate = useNavigate();
  const mayWrite = useAbility("maps.write");
  const maps = useMaps(false);
  const [isAsking, ask] = useState(false);
  const { asIs, toBe } = siblingsOf(map, maps.data?.items ?? []);
  // What the figures are of stays chosen.
  const open = (mapId: string, view?: string): void =>
    void navigate({ to: "/maps/$mapId", params: { mapId }, search: ({ period, from, to, segment, channel, against, againstFrom, againstTo, customer }: Search) => ({ period, from, to, segment, channel, against, againstFrom, againstTo, customer, view }) });
  const choose = (value: string): void => {
    if (value === "as_is" && asIs !== null) return open(asIs);
    if (toBe !== null) return open(toBe, value === "difference" ? "difference" : undefined);
    if (mayWrite) ask(true);
  };
  const copy = async (): Promise<void> => open((await copyMap(map.id, { name: t("toBeName", { name: map.name }), state: "to_be" })).id);
  return (
    <>
      <SegmentedControl size="xs" aria-label={t("state")} value={isDifference ? "difference" : map.state} onChange={choose}
        data={[{ value: "as_is", label: t("asIs"), disabled: asIs === null }, { value: "to_be", label: t("toBe"), disabled: toBe === null && !mayWrite }, { value: "difference", label: t("difference"), disabled: asIs === null || (toBe === null && !mayWrite) }]} />
      <ConfirmDialog isOpen={isAsking} onClose={() => ask(false)} title={t("makeToBe")} body={t("makeToBeBody")} confirmLabel={t("makeToBe")} onConfirm={copy} />
    </>
  );
};
