import { Button, Select } from "@mantine/core";
import { useState } from "react";
import { useTexts } from "../../ui/texts.ts";
import { cardOf, fieldWords, nameOfPlace } from "./conflict-words.ts";
import classes from "./Map.module.css";
import { placeAmong } from "./kept-map.rules.ts";
import { newPartBytes, useDrawing } from "./map-drawing.ts";
import type { MapStore } from "./map-store.ts";
import { mapTexts } from "./map.texts.ts";
import { partIdFrom } from "./parts.rules.ts";
import type { Conflict, Session } from "./session.rules.ts";

/** Edits that met somebody else's: nothing is lost, the member decides. */
export const ConflictList = ({ session, store }: { session: Session; store: MapStore }) => {
  const t = useTexts(mapTexts);
  if (session.conflicts.length === 0) return null;
  return (
    <section className={classes.conflicts} aria-label={t("conflicts")} role="alert">
      <ul>
        {session.conflicts.map((conflict) => (
          <li key={conflict.key}>{conflict.because === "changed_meanwhile" ? <ChangedConflict conflict={conflict} store={store} /> : <GoneConflict conflict={conflict} store={store} />}</li>
        ))}
      </ul>
    </section>
  );
};

const ChangedConflict = ({ conflict, store }: { conflict: Conflict; store: MapStore }) => {
  const t = useTexts(mapTexts);
  const who = conflict.who ?? t("somebody");
  const { document } = useDrawing();
  const mine = conflict.edit.do === "change" ? fieldWords(conflict.edit.now) : "";
  const what = nameOfPlace(document, conflict.edit);
  return (
    <>
      <p><strong>{what === "" ? t("changedMeanwhile", { who }) : t("changedThere", { who, what })}</strong></p>
      <dl className={classes.versions}>
        <div><dt>{t("theirs", { who })}</dt><dd dir="auto">{fieldWords(conflict.theirs)}</dd></div>
        <div><dt>{t("mine")}</dt><dd dir="auto">{mine}</dd></div>
      </dl>
      <div className={classes.conflictButtons}>
        <Button size="compact-sm" variant="default" onClick={() => store.giveWay(conflict.key)}>{t("keepTheirs", { who })}</Button>
        <Button size="compact-sm" onClick={() => store.insist(conflict.key)}>{t("takeMine")}</Button>
      </div>
    </>
  );
};

const GoneConflict = ({ conflict, store }: { conflict: Conflict; store: MapStore }) => {
  const t = useTexts(mapTexts);
  const { document } = useDrawing();
  const { lost, edit, because } = conflict;
  const [step, setStep] = useState<string | null>(lost?.stepId ?? null);
  const [lane, setLane] = useState<string | null>(lost?.laneId ?? null);
  // What was chosen may be removed while this stands here, and a first step may be drawn.
  const stepId = placeAmong(document.steps, step);
  const laneId = placeAmong(document.lanes, lane);
  const words = lost !== null ? `“${cardOf(lost)}”` : edit.do === "change" ? fieldWords(edit.now) : "";
  const putElsewhere = (): void => {
    if (lost === null || stepId === null || laneId === null) return;
    store.settle(conflict.key, [{ do: "put", part: "card", value: { ...lost, id: partIdFrom(newPartBytes()), stepId, laneId }, before: null }]);
  };
  return (
    <>
      <p><strong>{because === "gone" || because === "changed_meanwhile" || because === "there_already" ? t("placeGone", { who: conflict.who ?? t("somebody") }) : t(`refused_${because}`)}</strong></p>
      {words !== "" && <p dir="auto">{words}</p>}
      <div className={classes.conflictButtons}>
        {because === "full" && <Button size="compact-sm" onClick={() => store.insist(conflict.key)}>{t("tryAgain")}</Button>}
        {lost !== null && because === "gone" && (
          <>
            <Select size="xs" aria-label={t("step")} data={document.steps.map(({ id, name }) => ({ value: id, label: name }))} value={stepId} onChange={setStep} allowDeselect={false} />
            <Select size="xs" aria-label={t("lane")} data={document.lanes.map(({ id, name }) => ({ value: id, label: name }))} value={laneId} onChange={setLane} allowDeselect={false} />
            <Button size="compact-sm" disabled={stepId === null || laneId === null} onClick={putElsewhere}>{t("putElsewhere")}</Button>
          </>
        )}
        <Button size="compact-sm" variant="default" onClick={() => store.giveWay(conflict.key)}>{t("letGo")}</Button>
      </div>
    </>
  );
};
