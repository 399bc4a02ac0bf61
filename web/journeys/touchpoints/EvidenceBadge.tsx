import { Tooltip } from "@mantine/core";
import { useTexts } from "../../ui/texts.ts";
import classes from "./TouchpointListScreen.module.css";
import type { TouchpointSeen } from "./touchpoints.data.ts";
import { touchpointsTexts } from "./touchpoints.texts.ts";

/** How far a touchpoint rests on data: said by a word and by how much of the mark is filled, not by colour alone. */
export const EvidenceBadge = ({ evidence }: { evidence: TouchpointSeen["evidence"] }) => {
  const t = useTexts(touchpointsTexts);
  return (
    <Tooltip label={t(`${evidence}Body`)}>
      <span className={`${classes.evidence} ${classes[evidence]}`}>{t(evidence)}</span>
    </Tooltip>
  );
};
