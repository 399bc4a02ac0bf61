import { Select, SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { useSegmentChoices } from "../../customers/customers.parts.ts";
import { useTexts } from "../../ui/texts.ts";
import { CustomerPicker } from "./CustomerPicker.tsx";
import { mapTexts } from "./map.texts.ts";
import type { JourneyMap, Viewpoint } from "./maps.data.ts";
import { PersonaFields } from "./PersonaFields.tsx";

type Kind = Viewpoint["kind"];
const kinds = ["everyone", "segment", "persona", "customer"] as const satisfies readonly Kind[];

/** `own`: what the map shows already. `isTried`: somebody wanted to save, so that what is missing has to be said. */
type ViewpointFieldsProps = { viewpoint: Viewpoint; own: Pick<JourneyMap, "viewpoint" | "isPersonaGone">; isTried: boolean; onChange: (viewpoint: Viewpoint) => void };

/** Whose journey a map shows. */
export const ViewpointFields = ({ viewpoint, own, isTried, onChange }: ViewpointFieldsProps) => {
  const t = useTexts(mapTexts);
  const { choices: segments, failure } = useSegmentChoices({ chosen: ["segmentId" in viewpoint ? viewpoint.segmentId : null] });
  // A segment or customer has still to be chosen; until then the map stays as it is.
  const [kind, setKind] = useState<Kind>(viewpoint.kind);
  const [taken, setTaken] = useState<string | null>(null);
  const choose = (value: string): void => {
    const next = kinds.find((one) => one === value) ?? "everyone";
    setKind(next);
    if (next === "everyone") onChange({ kind: "everyone" });
    if (next === "persona") onChange(viewpoint.kind === "persona" ? viewpoint : { kind: "persona", name: "", story: "", segmentId: viewpoint.kind === "segment" ? viewpoint.segmentId : null, personaId: null });
  };
  return (
    <>
      <div>
        <p className="field-label" id="viewpoint-kind">{t("viewpoint")}</p>
        <SegmentedControl fullWidth size="xs" aria-labelledby="viewpoint-kind" value={kind} onChange={choose} data={kinds.map((one) => ({ value: one, label: t(`viewpoint_${one}`) }))} />
      </div>
      {kind === "segment" && (
        <Select label={t("segment")} searchable data={segments} error={failure} value={viewpoint.kind === "segment" ? viewpoint.segmentId : null} allowDeselect={false}
          onChange={(segmentId) => segmentId !== null && onChange({ kind: "segment", segmentId })} />
      )}
      {kind === "persona" && viewpoint.kind === "persona" && <PersonaFields viewpoint={viewpoint} own={own} isTried={isTried} onChange={onChange} />}
      {kind === "customer" && (
        <>
          <CustomerPicker label={t("viewpoint_customer")} onTake={({ id, name }) => {
            setTaken(name);
            onChange({ kind: "customer", customerId: id });
          }} />
          {taken !== null && <p role="status">{t("chosen", { name: taken })}</p>}
        </>
      )}
    </>
  );
};
