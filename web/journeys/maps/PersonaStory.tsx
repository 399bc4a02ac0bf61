import { Popover, UnstyledButton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTexts } from "../../ui/texts.ts";
import classes from "./Map.module.css";
import { mapTexts } from "./map.texts.ts";
import type { PersonaView } from "./PersonaFields.tsx";

/** Who the customers of the map are, told as one person. */
export const PersonaStory = ({ viewpoint, isGone }: { viewpoint: PersonaView; isGone: boolean }) => {
  const t = useTexts(mapTexts);
  return (
    <Popover width={360} position="bottom-start" shadow="md" trapFocus returnFocus>
      <Popover.Target><UnstyledButton className={classes.moreWords}>{t("personaStory")}</UnstyledButton></Popover.Target>
      <Popover.Dropdown>
        <div className={classes.story}>
          <strong dir="auto">{viewpoint.name}</strong>
          <p dir="auto">{viewpoint.story}</p>
          {isGone && <p className={classes.bad}>{t("personaGone")}</p>}
          {viewpoint.personaId !== null && !isGone && <Link to="/segments/$segmentId" params={{ segmentId: viewpoint.personaId }}>{t("openPersona")}</Link>}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
};
