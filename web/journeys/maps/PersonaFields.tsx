import { Button, Select, Textarea, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useSegmentChoices } from "../../customers/customers.parts.ts";
import { useAbility } from "../../shell/session.data.ts";
import { notifyFailed } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import classes from "./Map.module.css";
import { mapTexts } from "./map.texts.ts";
import { makePersona, usePersonas, type JourneyMap, type Viewpoint } from "./maps.data.ts";

export type PersonaView = Extract<Viewpoint, { kind: "persona" }>;
type MadeUpFieldsProps = { viewpoint: PersonaView; onChange: (viewpoint: PersonaView) => void };
/** `own`: what the map shows already; its persona may be gone, or not among those listed. */
type PersonaFieldsProps = MadeUpFieldsProps & { own: Pick<JourneyMap, "viewpoint" | "isPersonaGone">; isTried: boolean };

const MADE_UP = "made_up";

/** A persona of the workspace, shown as it is there, or one made up for planning. */
export const PersonaFields = ({ viewpoint, own, isTried, onChange }: PersonaFieldsProps) => {
  const t = useTexts(mapTexts);
  const [typed, setTyped] = useState("");
  const [search] = useDebouncedValue(typed.trim().slice(0, 200), 250);
  // The field holds the name of what is chosen: nobody looks for that.
  const { personas, failure } = usePersonas(search === viewpoint.name || search === t("personaMadeUp") ? "" : search);
  const [isMadeUp, setMadeUp] = useState(viewpoint.personaId === null && viewpoint.name !== "");
  const { personaId } = viewpoint;
  const ownPersona = own.viewpoint.kind === "persona" && own.viewpoint.personaId !== null ? own.viewpoint : null;
  const isGone = own.isPersonaGone && personaId === ownPersona?.personaId;
  const named = new Map([ownPersona, personaId === null ? null : viewpoint].flatMap((one) => (one === null || one.personaId === null ? [] : [[one.personaId, one.name] as const])));
  const unlisted = [...named].filter(([id]) => !(personas ?? []).some((persona) => persona.id === id));
  const choices = [
    ...(personas ?? []).map(({ id, name }) => ({ value: id, label: name })),
    ...unlisted.map(([value, label]) => ({ value, label })),
    { value: MADE_UP, label: t("personaMadeUp") },
  ];
  const choose = (value: string | null): void => {
    setMadeUp(value === MADE_UP);
    if (value === MADE_UP) return onChange({ ...viewpoint, personaId: null });
    if (ownPersona !== null && value === ownPersona.personaId) return onChange(ownPersona);
    const persona = personas?.find(({ id }) => id === value);
    if (persona !== undefined) onChange({ kind: "persona", name: persona.name, story: persona.story, segmentId: persona.id, personaId: persona.id });
  };
  const isMissing = isTried && personaId === null && !isMadeUp;
  const problem = isGone ? t("personaGone") : isMissing ? t("choosePersona") : undefined;
  return (
    <>
      <Select label={t("persona")} description={t("personaHelp")} placeholder={t("choosePersona")} searchable onSearchChange={setTyped} nothingFoundMessage={t("noPersona")} data={choices} error={failure ?? problem} value={personaId ?? (isMadeUp ? MADE_UP : null)} allowDeselect={false} onChange={choose} />
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

const MadeUpFields = ({ viewpoint, onChange }: MadeUpFieldsProps) => {
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
