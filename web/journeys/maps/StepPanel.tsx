import { Select } from "@mantine/core";
import { useState } from "react";
import type { MapStep } from "@firsthand/server/journeys/maps/document.contract";
import { SidePanel } from "../../ui/SidePanel.tsx";
import { useTexts } from "../../ui/texts.ts";
import { AccountForm } from "./AccountForm.tsx";
import { CommentForm } from "./CommentForm.tsx";
import { CommentItem } from "./CommentsPanel.tsx";
import { useMapComments } from "./comments.data.ts";
import { cardOf } from "./conflict-words.ts";
import classes from "./Map.module.css";
import { useDrawing } from "./map-drawing.ts";
import { mapTexts } from "./map.texts.ts";
import { StepDesign } from "./StepDesign.tsx";
import { StepFacts } from "./StepFacts.tsx";
import { StepMatches } from "./StepMatches.tsx";
import type { ShownStep } from "./shown-step.rules.ts";
import { StepMeans } from "./StepMeans.tsx";

/** Everything about one step: what it means, what data belongs to it, how it is designed, and what was written about it. */
export const StepPanel = ({ shown, removedBy, customerId, onClose }: { shown: ShownStep; removedBy: string | null; customerId: string | undefined; onClose: () => void }) => (
  <SidePanel isOpen={shown !== null} onClose={onClose} title={shown?.step.name ?? ""} width={560}>
    {shown !== null && <StepBody key={shown.step.id} step={shown.step} isRemoved={shown.isRemoved} removedBy={removedBy} customerId={customerId} />}
  </SidePanel>
);

const StepBody = ({ step, isRemoved, removedBy, customerId }: { step: MapStep; isRemoved: boolean; removedBy: string | null; customerId: string | undefined }) => {
  const t = useTexts(mapTexts);
  const { mapId, mayWrite, document } = useDrawing();
  const comments = useMapComments(mapId);
  const [cardId, setCard] = useState("");
  const here = document.cards.filter(({ stepId }) => stepId === step.id);
  const cards = new Set(here.map(({ id }) => id));
  // A card may be removed after it was chosen, and its step with it.
  const chosen = cards.has(cardId) ? cardId : null;
  const said = here.filter((card) => cardOf(card) !== "").map((card) => ({ value: card.id, label: cardOf(card).slice(0, 80) }));
  const about = (comments.data?.items ?? []).filter((comment) => comment.resolvedAt === null && (comment.stepId === step.id || (comment.cardId !== null && cards.has(comment.cardId))));
  return (
    <div className={classes.panel}>
      {isRemoved && <p className={classes.removed} role="alert">{t("stepRemoved", { who: removedBy ?? t("somebody") })}</p>}
      {!isRemoved && <StepFacts step={step} />}
      {customerId !== undefined && <AccountForm step={step} customerId={customerId} />}
      <fieldset className={classes.fields} disabled={!mayWrite || isRemoved}>
        <StepMatches step={step} />
        <StepDesign step={step} />
        <StepMeans step={step} />
      </fieldset>
      <section>
        <h3 className="panel-heading">{t("comments")}</h3>
        <ul className={classes.history}>{about.map((comment) => <CommentItem key={comment.id} mapId={mapId} comment={comment} />)}</ul>
        {mayWrite && (
          <>
            {said.length > 0 && <Select size="xs" mb="xs" label={t("commentAbout")} data={[{ value: "", label: t("thisStep") }, ...said]} value={chosen ?? ""} allowDeselect={false} onChange={(value) => setCard(value ?? "")} />}
            <CommentForm mapId={mapId} stepId={isRemoved || chosen !== null ? null : step.id} cardId={chosen} />
          </>
        )}
      </section>
    </div>
  );
};
