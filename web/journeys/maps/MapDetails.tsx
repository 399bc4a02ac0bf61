import { Select, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useMemberChoices } from "../../people/people.parts.ts";
import { changedFields } from "../../ui/fields.ts";
import { Form } from "../../ui/Form.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { useTexts } from "../../ui/texts.ts";
import { useUnsaved } from "../../ui/unsaved.ts";
import { changeMap, type JourneyMap } from "./maps.data.ts";
import { useDraftWords } from "./draft-words.ts";
import { mapTexts } from "./map.texts.ts";
import { ViewpointFields } from "./ViewpointFields.tsx";

/** Name, viewpoint, owner and what the map is about. */
export const MapDetails = (given: MapDetailsProps) => {
  const t = useTexts(mapTexts);
  return <FormDialog isOpen onClose={given.onClose} title={t("aboutMap")}><DetailsForm {...given} /></FormDialog>;
};

type MapDetailsProps = { map: JourneyMap; onClose: () => void; onCustomer: (id: string | undefined) => void };

const DetailsForm = ({ map, onClose, onCustomer }: MapDetailsProps) => {
  const t = useTexts(mapTexts);
  const [opened] = useState(map);
  const [name, setName] = useState(map.name);
  const [description, setDescription] = useState(map.description);
  const [ownerId, setOwner] = useState(map.ownerId);
  const { choices: members, failure } = useMemberChoices(ownerId, ownerId === map.ownerId ? map.ownerName : null);
  const [viewpoint, setViewpoint] = useState(map.viewpoint);
  const [isTried, setTried] = useState(false);
  const isWhole = name.trim() !== "" && (viewpoint.kind !== "persona" || viewpoint.name.trim() !== "");
  const changed = changedFields({ name: opened.name, description: opened.description, ownerId: opened.ownerId, viewpoint: opened.viewpoint }, { name: name.trim(), description, ownerId, viewpoint });
  useUnsaved(changed !== null);
  useDraftWords(changed?.name ?? "");
  useDraftWords(changed?.description ?? "");
  useDraftWords(changed?.viewpoint?.kind === "persona" ? `${changed.viewpoint.name}\n${changed.viewpoint.story}` : "");
  const check = (): boolean => {
    setTried(true);
    return isWhole;
  };
  const save = async (): Promise<void> => {
    if (changed !== null) await changeMap(map.id, changed);
    if (viewpoint.kind === "customer" || map.viewpoint.kind === "customer") onCustomer(viewpoint.kind === "customer" ? viewpoint.customerId : undefined);
    onClose();
  };
  return (
    <Form submitLabel={t("save")} check={check} onSubmit={save}>
      <TextInput label={t("name")} value={name} maxLength={160} error={isTried && name.trim() === "" ? t("nameMissing") : undefined} onChange={(event) => setName(event.currentTarget.value)} data-autofocus dir="auto" />
      <ViewpointFields viewpoint={viewpoint} own={opened} isTried={isTried} onChange={setViewpoint} />
      <Textarea label={t("description")} autosize minRows={2} maxRows={8} maxLength={4_000} value={description} onChange={(event) => setDescription(event.currentTarget.value)} dir="auto" />
      <Select label={t("owner")} placeholder={t("nobody")} clearable searchable clearButtonProps={{ "aria-label": t("nobody") }} data={members} error={failure} value={ownerId} onChange={setOwner} />
    </Form>
  );
};
