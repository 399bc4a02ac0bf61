import { Popover, UnstyledButton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTexts } from "../../ui/texts.ts";
import classes from "./Map.module.css";
import { mapTexts } from "./map.texts.ts";
import { MapPersona } from "./MapPersona.tsx";
import type { JourneyMap } from "./maps.data.ts";
import type { PersonaView } from "./PersonaFields.tsx";

/** Who the customers of the map are, told as one person. */
export const PersonaStory = ({ map, viewpoint }: { map: Pick<JourneyMap, "viewpoint" | "isPersonaGone" | "personaPictureId">; viewpoint: PersonaView }) => {
  const t = useTexts(mapTexts);
  return (
    <Popover width={360} position="bottom-start" shadow="md" trapFocus returnFocus>
      <Popover.Target><UnstyledButton className={classes.moreWords}>{t("personaStory")}</UnstyledButton></Popover.Target>
      <Popover.Dropdown>
        <div className={classes.story}>
          <MapPersona map={map} size={64} />
          <strong dir="auto">{viewpoint.name}</strong>
          <p dir="auto">{viewpoint.story}</p>
          {map.isPersonaGone && <p className={classes.bad}>{t("personaGone")}</p>}
          {viewpoint.personaId !== null && !map.isPersonaGone && <Link to="/segments/$segmentId" params={{ segmentId: viewpoint.personaId }}>{t("openPersona")}</Link>}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
};
