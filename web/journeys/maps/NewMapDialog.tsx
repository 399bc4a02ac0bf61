import { Button, FileButton, Modal, TextInput } from "@mantine/core";
import { IconFileImport, IconRoute } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { notifyFailed } from "../../ui/notices.tsx";
import { Form } from "../../ui/Form.tsx";
import { useFields } from "../../ui/fields.ts";
import { useTexts } from "../../ui/texts.ts";
import classes from "./Map.module.css";
import { readMapFile } from "./map-file.rules.ts";
import { mapTexts } from "./map.texts.ts";
import { createFromFile, createMap, type TemplateKey } from "./maps.data.ts";
import type { CreateMapBody } from "@firsthand/server/journeys/maps/maps.contract";

const templates = ["blank", "first_purchase", "support", "delivery", "onboarding", "shop_visit", "return", "renewal", "leaving", "appointment"] as const satisfies readonly TemplateKey[];

/** Begins a map: from a template, blank, from a file, or from what customers really did. */
export const NewMapDialog = ({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) => {
  const t = useTexts(mapTexts);
  const navigate = useNavigate();
  const [template, setTemplate] = useState<TemplateKey>("first_purchase");
  const fields = useFields({ name: "" }, {});
  const [isReading, setReading] = useState(false);
  const [isCreating, setCreating] = useState(false);
  const open = async (given: Pick<CreateMapBody, "name" | "from">): Promise<void> => {
    setCreating(true);
    const { id } = await createMap({ viewpoint: { kind: "everyone" }, state: "as_is", ...given }).finally(() => setCreating(false));
    onClose();
    await navigate({ to: "/maps/$mapId", params: { mapId: id } });
  };
  const read = async (file: File | null): Promise<void> => {
    if (file === null) return;
    const found = readMapFile(await file.text());
    if (found === null) return notifyFailed(t("fileNoMap"));
    const name = fields.values.name.trim() || found.name.trim() || file.name.replace(/(\.map)?\.json$/i, "");
    const { map, lost, left } = await createFromFile(found, name.slice(0, 160));
    if (left.length > 0) notifyFailed(t("detailsLeft", { what: left.map((detail) => t(`left_${detail}`)).join(", ") }));
    if (lost > 0) notifyFailed(t("photosLost", { count: lost }));
    onClose();
    await navigate({ to: "/maps/$mapId", params: { mapId: map.id } });
  };
  const readFile = (file: File | null): void => {
    setReading(true);
    void read(file).catch(notifyFailed).finally(() => setReading(false));
  };
  // Photos take their time; whoever closed this meanwhile would be carried off to the map later.
  const close = (): void => (isReading ? undefined : onClose());
  return (
    <Modal opened={isOpen} onClose={close} title={t("newMap")} size="min(760px, 96vw)">
      <fieldset className={classes.fields} disabled={isReading}>
        <Form submitLabel={t("create")} onSubmit={() => open({ name: fields.values.name.trim() || t(`template_${template}`), from: { kind: "template", template } })}>
          <TextInput label={t("name")} placeholder={t(`template_${template}`)} maxLength={160} data-autofocus {...fields.text("name")} />
          <div className={classes.templates} role="radiogroup" aria-label={t("startFrom")}>
            {templates.map((key) => (
              <label key={key} className={classes.template}>
                <input type="radio" name="template" value={key} checked={template === key} onChange={() => setTemplate(key)} />
                <span><strong>{t(`template_${key}`)}</strong><span>{t(`template_${key}_about`)}</span></span>
              </label>
            ))}
          </div>
        </Form>
      </fieldset>
      <div className={classes.otherWays}>
        <Button variant="default" size="sm" disabled={isReading} leftSection={<IconRoute size={15} aria-hidden />} onClick={() => void navigate({ to: "/paths" })}>{t("fromPath")}</Button>
        <FileButton accept=".json,application/json" onChange={readFile}>{(props) => <Button {...props} loading={isReading} disabled={isCreating} variant="default" size="sm" leftSection={<IconFileImport size={15} aria-hidden />}>{t("fromFile")}</Button>}</FileButton>
        <p className="quiet">{t("otherWaysHelp")}</p>
      </div>
    </Modal>
  );
};
