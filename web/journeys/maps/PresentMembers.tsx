import { Avatar, Tooltip } from "@mantine/core";
import { initialsOf } from "../../ui/initials.ts";
import { useTexts } from "../../ui/texts.ts";
import classes from "./Map.module.css";
import { mapTexts } from "./map.texts.ts";
import { usePresent } from "./presences.data.ts";

const shownMost = 4;

/** Who else has the map open just now. */
export const PresentMembers = ({ mapId }: { mapId: string }) => {
  const t = useTexts(mapTexts);
  const present = usePresent(mapId);
  if (present.length === 0) return null;
  const rest = present.slice(shownMost);
  return (
    <ul className={classes.present} aria-label={t("presentNow")}>
      {present.slice(0, shownMost).map(({ memberId, name }, place) => (
        <Tooltip key={memberId} label={name}>
          <li><Avatar size={28} className={classes.presentMember ?? ""} data-tone={place} aria-hidden>{initialsOf(name)}</Avatar><span className="sr-only">{name}</span></li>
        </Tooltip>
      ))}
      {rest.length > 0 && <Tooltip label={rest.map(({ name }) => name).join(", ")}><li><Avatar size={28} className={classes.presentMember ?? ""} aria-hidden>+{rest.length}</Avatar><span className="sr-only">{rest.map(({ name }) => name).join(", ")}</span></li></Tooltip>}
    </ul>
  );
};
