import { Button, Select, Textarea } from "@mantine/core";
import type { MapStep } from "@firsthand/server/journeys/maps/document.contract";
import { withForksTidy } from "@firsthand/server/journeys/maps/forks.rules";
import { IconZoomInArea } from "@tabler/icons-react";
import { useMemberChoices } from "../../people/people.parts.ts";
import { useTexts } from "../../ui/texts.ts";
import { useDetailVerbs } from "./detail-verbs.ts";
import classes from "./Map.module.css";
import { useDrawing } from "./map-drawing.ts";
import { mapTexts } from "./map.texts.ts";
import { useChildMapChoices } from "./child-maps.ts";
import { changeStep } from "./parts.rules.ts";
import { useWritten } from "./written.ts";

/** What a step is, who answers for it and which map shows it in detail. */
export const StepMeans = ({ step }: { step: MapStep }) => {
  const t = useTexts(mapTexts);
  const { mapId, edit, document } = useDrawing();
  const { choices: members, failure } = useMemberChoices(step.ownerId);
  const childMaps = useChildMapChoices(mapId, step.childMapId);
  const { drawInDetail } = useDetailVerbs();
  const change = (now: Parameters<typeof changeStep>[1]): void => edit([changeStep(step, now)]);
  const description = useWritten(step.description, (now, was) => edit([changeStep({ ...step, description: was }, { description: now })]));
  return (
    <section className={classes.design}>
      <h3 className="panel-heading">{t("aboutStep")}</h3>
      <Textarea label={t("description")} autosize minRows={2} maxRows={12} maxLength={2_000} value={description.value} dir="auto"
        onChange={(event) => description.type(event.currentTarget.value)} onBlur={description.save} />
      <div className={classes.pair}>
        <Select size="xs" label={t("stage")} data={document.stages.map(({ id, name }) => ({ value: id, label: name }))} value={step.stageId} allowDeselect={false}
          onChange={(stageId) => stageId !== null && edit(withForksTidy(document, [{ do: "move", part: "step", id: step.id, stageId, before: null }]))} />
        <Select size="xs" label={t("owner")} placeholder={t("nobody")} clearable searchable clearButtonProps={{ "aria-label": t("nobody") }} data={members} error={failure} value={step.ownerId} onChange={(ownerId) => change({ ownerId })} />
      </div>
      <Select size="xs" label={t("childMap")} description={t("childMapHelp")} placeholder={t("noChildMap")} clearable searchable clearButtonProps={{ "aria-label": t("noChildMap") }} data={childMaps.choices} error={childMaps.failure}
        value={step.childMapId} onChange={(childMapId) => change({ childMapId })} />
      {step.childMapId === null && <Button variant="default" size="xs" className={classes.ownMap ?? ""} leftSection={<IconZoomInArea size={14} aria-hidden />} onClick={() => drawInDetail(step)}>{t("drawInDetail")}</Button>}
    </section>
  );
};
