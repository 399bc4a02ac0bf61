import { Button } from "@mantine/core";
import { IconMapOff } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useAbility } from "../../shell/session.data.ts";
import { notifyFailed } from "../../ui/notices.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { useTexts } from "../../ui/texts.ts";
import classes from "./Map.module.css";
import { mapTexts } from "./map.texts.ts";
import { createMap, type JourneyMap } from "./maps.data.ts";
import { unsentWords } from "./unsent.rules.ts";
import type { Session } from "./session.rules.ts";

/** A map that somebody deleted while it was open here: what was drawn is still to be had. */
export const GoneMap = ({ map, session, forget }: { map: JourneyMap; session: Session; forget: () => void }) => {
  const t = useTexts(mapTexts);
  const navigate = useNavigate();
  const mayWrite = useAbility("maps.write");
  const [isBusy, setBusy] = useState(false);
  const words = unsentWords(session);
  const keep = async (): Promise<void> => {
    const { name, description, state, viewpoint } = map;
    // Whom it was about may be gone as well; the drawing is what counts.
    const viewed = viewpoint.kind === "persona" ? { ...viewpoint, segmentId: null } : { kind: "everyone" as const };
    const { id } = await createMap({ name, description, state, viewpoint: viewed, from: { kind: "document", document: session.document } });
    forget();
    await navigate({ to: "/maps/$mapId", params: { mapId: id } });
  };
  const run = (work: Promise<void>): void => {
    setBusy(true);
    void work.catch(notifyFailed).finally(() => setBusy(false));
  };
  const leave = (): void => {
    forget();
    void navigate({ to: "/maps" });
  };
  return (
    <>
      <PageHeader title={map.name} />
      <section className={classes.goneMap} role="alert">
        <IconMapOff size={28} aria-hidden />
        <h2>{t("goneTitle", { name: map.name })}</h2>
        <p>{t("goneBody")}</p>
        {words.length > 0 && (
          <>
            <h3>{t("goneUnsent", { count: words.length })}</h3>
            <ul>{words.map((one) => <li key={one} dir="auto">{one}</li>)}</ul>
          </>
        )}
        <div className={classes.conflictButtons}>
          {mayWrite && <Button loading={isBusy} onClick={() => run(keep())}>{t("goneKeep")}</Button>}
          <Button variant="default" onClick={leave}>{t(words.length > 0 ? "goneLetGo" : "allMaps")}</Button>
        </div>
      </section>
    </>
  );
};
