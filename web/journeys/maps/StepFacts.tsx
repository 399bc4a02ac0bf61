import type { MapStep } from "@firsthand/server/journeys/maps/document.contract";
import { useAbility } from "../../shell/session.data.ts";
import { useTexts } from "../../ui/texts.ts";
import { NotNamed } from "../paths/NotNamed.tsx";
import { compareTexts } from "./compare.texts.ts";
import classes from "./Map.module.css";
import { useDrawing } from "./map-drawing.ts";
import { mapTexts } from "./map.texts.ts";
import { listChanges, listFacts } from "./step-facts.ts";
import { Words } from "./Words.tsx";

/** What the data says of a step, in one place, and how that differs from what the map is compared with. */
export const StepFacts = ({ step }: { step: MapStep }) => {
  const t = useTexts(mapTexts);
  const compare = useTexts(compareTexts);
  const { document, steps, overlay } = useDrawing();
  const mayName = useAbility("customers.read");
  const shown = steps.get(step.id);
  if (shown === undefined || !shown.isBound) return <p className={classes.hint}>{t("bindIt")}</p>;
  const nameOf = (stepId: string): string => document.steps.find(({ id }) => id === stepId)?.name ?? "";
  const changes = listChanges(overlay?.comparison.find(({ stepId }) => stepId === step.id), shown);
  return (
    <section>
      <dl className={classes.facts}>{listFacts(step, shown, nameOf).map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>
      {changes.length > 0 && (
        <>
          <h3 className="panel-heading">{compare("comparedWith")}</h3>
          <ul className={classes.needs}>{changes.map((said) => <li key={said}>{said}</li>)}</ul>
        </>
      )}
      {!mayName && <NotNamed />}
      {shown.words.length > 0 && <Words words={shown.words} />}
    </section>
  );
};
