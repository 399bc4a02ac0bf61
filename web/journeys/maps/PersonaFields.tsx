import { Button, Select, Textarea, TextInput } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useSegmentChoices } from "../../customers/customers.parts.ts";
import { useAbility } from "../../shell/session.data.ts";
import { notifyFailed } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import classes from "./Map.module.css";
import { mapTexts } from "./map.texts.ts";
import { makePersona, usePersonas, type Viewpoint } from "./maps.data.ts";

export type PersonaView = Extract<Viewpoint, { kind: "persona" }>;
type PersonaFieldsProps = { viewpoint: PersonaView; onChange: (viewpoint: PersonaView) => void };

const MADE_UP = "made_up";

/** A persona of the workspace, shown as it is there, or one made up for planning. */
export const PersonaFields = ({ viewpoint, onChange }: PersonaFieldsProps) => {
  const t = useTexts(mapTexts);
  const { personas, failure } = usePersonas();
  const [isMadeUp, setMadeUp] = useState(viewpoint.personaId === null && viewpoint.name !== "");
  const { personaId } = viewpoint;
  const isGone = personaId !== null && personas !== undefined && !personas.some(({ id }) => id === personaId);
  const choices = [
    ...(personas ?? []).map(({ id, name }) => ({ value: id, label: name })),
    ...(personaId !== null && (isGone || personas === undefined) ? [{ value: personaId, label: viewpoint.name }] : []),
    { value: MADE_UP, label: t("personaMadeUp") },
  ];
  const choose = (value: string | null): void => {
    setMadeUp(value === MADE_UP);
    if (value === MADE_UP) return onChange({ ...viewpoint, personaId: null });
    const persona = personas?.find(({ id }) => id === value);
    if (persona !== undefined) onChange({ kind: "persona", name: persona.name, story: persona.story, segmentId: persona.id, personaId: persona.id });
  };
  return (
    <>
      <Select label={t("persona")} description={t("personaHelp")} placeholder={t("choosePersona")} searchable data={choices} error={failure ?? (isGone ? t("personaGone") : undefined)} value={personaId ?? (isMadeUp ? MADE_UP : null)} allowDeselect={false} onChange={choose} />
      {personaId !== null && (
        <div className={classes.story}>
          {viewpoint.story !== "" && <p className="quiet" dir="auto">{viewpoint.story}</p>}
          {!isGone && <Link to="/segments/$segmentId" params={{ segmentId: personaId }}>{t("openPersona")}</Link>}
        </div>
      )}
      {personaId === null && isMadeUp && <MadeUpFields viewpoint={viewpoint} onChange={onChange} />}
    </>
  );
};

const MadeUpFields = ({ viewpoint, onChange }: PersonaFieldsProps) => {
  const t = useTexts(mapTexts);
  const mayMake = useAbility("segments.write");
  const { choices: segments, failure } = useSegmentChoices({ chosen: [viewpoint.segmentId] });
  const [isMaking, setMaking] = useState(false);
  const make = (): void => {
    setMaking(true);
    void makePersona(viewpoint)
      .then(({ id, name, story }) => onChange({ kind: "persona", name, story, segmentId: id, personaId: id }))
      .catch(notifyFailed)
      .finally(() => setMaking(false));
  };
  return (
    <>
      <TextInput label={t("personaName")} maxLength={120} value={viewpoint.name} error={viewpoint.name.trim() === "" ? t("nameMissing") : undefined} onChange={(event) => onChange({ ...viewpoint, name: event.currentTarget.value })} />
      <Textarea label={t("personaStory")} autosize minRows={2} maxRows={8} maxLength={4_000} value={viewpoint.story} onChange={(event) => onChange({ ...viewpoint, story: event.currentTarget.value })} />
      <Select label={t("personaSegment")} description={t("personaSegmentHelp")} clearable searchable clearButtonProps={{ "aria-label": t("nobody") }} data={segments} error={failure} value={viewpoint.segmentId} onChange={(segmentId) => onChange({ ...viewpoint, segmentId })} />
      {mayMake && (
        <div>
          <Button variant="default" size="sm" loading={isMaking} disabled={viewpoint.name.trim() === "" || viewpoint.story.trim() === ""} onClick={make}>{t("makePersona")}</Button>
          <p className="quiet">{t("makePersonaHelp")}</p>
        </div>
      )}
    </>
  );
};
