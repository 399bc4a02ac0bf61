import { Checkbox, Radio, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { CopyField } from "../../ui/CopyField.tsx";
import { Form } from "../../ui/Form.tsx";
import { SidePanel } from "../../ui/SidePanel.tsx";
import { useFields } from "../../ui/fields.ts";
import { useTexts } from "../../ui/texts.ts";
import { FirstEvent } from "./FirstEvent.tsx";
import { type CreatedKey, createKey, useAbilities } from "./keys.data.ts";
import { keysTexts } from "./keys.texts.ts";

/** Makes a key and shows it once. */
export const KeyPanel = ({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) => {
  const t = useTexts(keysTexts);
  const [created, setCreated] = useState<CreatedKey | null>(null);
  const close = (): void => {
    setCreated(null);
    onClose();
  };
  return (
    <SidePanel isOpen={isOpen} onClose={close} title={created ? t("made", { name: created.name }) : t("makeTitle")} width={540}>
      {created ? <MadeKey created={created} /> : <KeyForm onCreated={setCreated} />}
    </SidePanel>
  );
};

const MadeKey = ({ created }: { created: CreatedKey }) => {
  const t = useTexts(keysTexts);
  return (
    <Stack gap="sm">
      {created.kind === "api" && <p className="dialog-body">{t("onlyNow")}</p>}
      <CopyField label={t("token")} value={created.token} />
      {created.kind === "write" && (
        <>
          <h3 className="panel-heading">{t("firstEvent")}</h3>
          <FirstEvent keyId={created.id} token={created.token} />
        </>
      )}
    </Stack>
  );
};

const KeyForm = ({ onCreated }: { onCreated: (created: CreatedKey) => void }) => {
  const t = useTexts(keysTexts);
  const [kind, setKind] = useState<"write" | "api">("write");
  const [chosen, setChosen] = useState<string[]>([]);
  const abilities = useAbilities();
  const fields = useFields({ name: "" }, { name: (name) => (name.trim() === "" ? t("nameMissing") : null) });
  const known = abilities.data?.items ?? [];
  const submit = async (): Promise<void> =>
    onCreated(await createKey({ kind, name: fields.values.name, abilities: kind === "api" ? chosen : [] }));
  return (
    <Form submitLabel={t("create")} check={fields.check} onSubmit={submit}>
      <Radio.Group label={t("kind")} value={kind} onChange={(value) => setKind(value === "api" ? "api" : "write")}>
        <Stack gap={10} mt={8}>
          <Radio value="write" label={t("write")} description={t("writeMeans")} />
          <Radio value="api" label={t("api")} description={t("apiMeans")} />
        </Stack>
      </Radio.Group>
      <TextInput label={t("name")} description={t("nameHint")} data-autofocus {...fields.text("name")} />
      {kind === "api" && (
        <Checkbox.Group label={t("abilities")} value={chosen} onChange={setChosen}>
          <Stack gap={8} mt={8}>
            <Checkbox
              label={<strong>{t("allAbilities")}</strong>}
              checked={known.length > 0 && chosen.length === known.length}
              indeterminate={chosen.length > 0 && chosen.length < known.length}
              onChange={(event) => setChosen(event.currentTarget.checked ? known.map(({ ability }) => ability) : [])}
            />
            {known.map(({ ability, meaning }) => (
              <Checkbox key={ability} value={ability} label={meaning} description={ability} />
            ))}
          </Stack>
        </Checkbox.Group>
      )}
    </Form>
  );
};
