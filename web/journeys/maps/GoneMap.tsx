import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useAbility } from "../../shell/session.data.ts";
import { notifyFailed } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { GoneNotice } from "./GoneNotice.tsx";
import { withConflicts } from "./kept-map.rules.ts";
import { newPartBytes } from "./map-drawing.ts";
import type { MapStore } from "./map-store.ts";
import { mapTexts } from "./map.texts.ts";
import { createMap, type JourneyMap } from "./maps.data.ts";
import { partIdFrom } from "./parts.rules.ts";
import { unsentWords } from "./unsent.rules.ts";
import type { Session } from "./session.rules.ts";

type GoneMapProps = { map: JourneyMap; by: string | null; session: Session; forget: MapStore["forget"]; drafts: ReadonlyMap<string, string> };

/** A map that somebody deleted while it was open here: what was drawn is still to be had, and what was written beside it still to be read. */
export const GoneMap = ({ map, by, session, forget, drafts }: GoneMapProps) => {
  const t = useTexts(mapTexts);
  const navigate = useNavigate();
  const mayWrite = useAbility("maps.write");
  const [isBusy, setBusy] = useState(false);
  const [keptId, setKept] = useState<string | null>(null);
  // Taken while this is first drawn: the panels they were written in go only after that.
  const [drafted] = useState(() => [...drafts.values()]);
  const words = [...unsentWords(session), ...drafted];
  const open = (mapId: string): Promise<void> => navigate({ to: "/maps/$mapId", params: { mapId } });
  const keep = async (): Promise<void> => {
    const { name, description, state, viewpoint } = map;
    const { document, left } = withConflicts(session.document, session.conflicts, () => partIdFrom(newPartBytes()));
    const { id } = await createMap({ name, description, state, viewpoint, from: { kind: "document", document } });
    forget(left);
    if (left.length + drafted.length === 0) return open(id);
    setKept(id);
  };
  const run = (work: Promise<void>): void => {
    setBusy(true);
    void work.catch(notifyFailed).finally(() => setBusy(false));
  };
  const leave = (to: Promise<void>): void => {
    forget();
    void to;
  };
  const listed = keptId === null ? t("goneUnsent", { count: words.length }) : t("goneLeft", { count: words.length });
  return (
    <GoneNotice title={map.name} heading={t("goneTitle", { name: map.name })} body={keptId === null ? t("goneBody", { who: by ?? t("somebody") }) : t("goneKept")} listed={listed} words={words}>
      {keptId !== null && <Button onClick={() => leave(open(keptId))}>{t("goneOpen")}</Button>}
      {keptId === null && mayWrite && <Button loading={isBusy} onClick={() => run(keep())}>{t("goneKeep")}</Button>}
      <Button variant="default" onClick={() => leave(navigate({ to: "/maps" }))}>{t(words.length > 0 ? "goneLetGo" : "allMaps")}</Button>
    </GoneNotice>
  );
};
