import { UnstyledButton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useSegmentChoices } from "../../customers/customers.parts.ts";
import { useAbility } from "../../shell/session.data.ts";
import type { Search } from "../../shell/search.ts";
import { formatNumber } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import { LayCustomer } from "./LayCustomer.tsx";
import classes from "./Map.module.css";
import { MapDetails } from "./MapDetails.tsx";
import { useDrawing } from "./map-drawing.ts";
import type { MapSearch } from "./map-search.ts";
import { mapTexts } from "./map.texts.ts";
import { MapPersona } from "./MapPersona.tsx";
import type { JourneyMap } from "./maps.data.ts";
import { PersonaStory } from "./PersonaStory.tsx";

/** Whose journey it is, how it is meant and what it was measured from. */
export const MapBadges = ({ map, search, change }: { map: JourneyMap; search: MapSearch; change: (patch: Search) => void }) => {
  const t = useTexts(mapTexts);
  const { mayWrite, overlay } = useDrawing();
  const [isOpen, setOpen] = useState(false);
  const mayReadCustomers = useAbility("customers.read");
  const words = useViewpointWords(map);
  const customers = overlay?.customers ?? 0;
  return (
    <div className={classes.badges}>
      <MapPersona map={map} size={26} />
      {mayWrite ? <UnstyledButton className={classes.badge} onClick={() => setOpen(true)} aria-label={t("changeViewpoint", { words })}>{words}</UnstyledButton> : <span className={classes.badge}>{words}</span>}
      {map.viewpoint.kind === "persona" && map.viewpoint.story !== "" && <PersonaStory map={map} viewpoint={map.viewpoint} />}
      {map.ownerName !== null && <span className={classes.badge}>{t("ownedBy", { name: map.ownerName })}</span>}
      {map.detailOf.map(({ id, name }) => <Link key={id} className={classes.badge} to="/maps/$mapId" params={{ mapId: id }} search={({ period, from, to, segment, channel }: Search) => ({ period, from, to, segment, channel })}>{t("detailOf", { name })}</Link>)}
      {map.isArchived && <span className={classes.badge}>{t("archived")}</span>}
      {customers > 0 && <span className="live-mark" data-state="live">{t("measuredFrom", { count: customers, n: formatNumber(customers) })}</span>}
      {overlay?.viewpoint === "segment_gone" && <span className={classes.bad}>{t("segmentGone")}</span>}
      {mayReadCustomers && <LayCustomer search={search} change={change} />}
      {isOpen && <MapDetails map={map} onClose={() => setOpen(false)} onCustomer={(customer) => change({ customer })} />}
    </div>
  );
};

/** "Everybody", "Segment: Gold", "Persona: Priya" ... */
export const useViewpointWords = ({ viewpoint, isPersonaGone }: Pick<JourneyMap, "viewpoint" | "isPersonaGone">): string => {
  const t = useTexts(mapTexts);
  const { choices } = useSegmentChoices({ isWanted: viewpoint.kind === "segment", chosen: [viewpoint.kind === "segment" ? viewpoint.segmentId : null] });
  const nameOf = (id: string): string => choices.find(({ value }) => value === id)?.label ?? t("aSegment");
  switch (viewpoint.kind) {
    case "everyone": return t("everyone");
    case "segment": return t("ofSegment", { name: nameOf(viewpoint.segmentId) });
    case "persona": return t(isPersonaGone ? "ofPersonaGone" : "ofPersona", { name: viewpoint.name });
    case "customer": return t("ofCustomer");
  }
};
