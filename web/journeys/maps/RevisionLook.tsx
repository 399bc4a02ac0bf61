import type { MapDocument } from "@firsthand/server/journeys/maps/document.contract";
import { useTexts } from "../../ui/texts.ts";
import { cardOf } from "./conflict-words.ts";
import { cardsAt, columnsOf } from "./grid.rules.ts";
import classes from "./Map.module.css";
import { mapTexts } from "./map.texts.ts";

/** An earlier state of a map, told step by step. */
export const RevisionLook = ({ document }: { document: MapDocument }) => {
  const t = useTexts(mapTexts);
  const steps = columnsOf(document).flatMap(({ stage, step }) => (step === null ? [] : [{ stage, step }]));
  if (steps.length === 0) return <p className="quiet">{t("nothingDrawn")}</p>;
  return (
    <ol className={classes.look}>
      {steps.map(({ stage, step }) => (
        <li key={step.id}>
          <strong dir="auto">{step.name}</strong> <span className="quiet" dir="auto">{stage.name}</span>
          <ul>
            {document.lanes.flatMap((lane) => cardsAt(document, step.id, lane.id).map((card) => <li key={card.id} dir="auto"><span className="quiet">{lane.name}:</span> {cardOf(card)}</li>))}
          </ul>
        </li>
      ))}
    </ol>
  );
};
