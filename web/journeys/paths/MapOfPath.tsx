import { Modal, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { Form } from "../../ui/Form.tsx";
import { notifyDone } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { createMap } from "../maps/maps.data.ts";
import { nameOfMap } from "./path-words.ts";
import { isWidenedByMap, type PathsMeant, toMapAddress } from "./paths-search.ts";
import type { VariantRow } from "./paths.data.ts";
import { PathSteps } from "./PathSteps.tsx";
import { pathsTexts } from "./paths.texts.ts";

type MapOfPathProps = { variant: Pick<VariantRow, "path" | "length">; meant: PathsMeant; onClose: () => void };

// As much as maps can be called by.
const NAME_MAX = 160;

/** Asks what a map made of a path is to be called, and draws it. */
export const MapOfPath = ({ variant, meant, onClose }: MapOfPathProps) => {
  const { path, length } = variant;
  const t = useTexts(pathsTexts);
  const navigate = useNavigate();
  const proposed = nameOfMap(path, length);
  const [name, setName] = useState(proposed);
  const draw = async (): Promise<void> => {
    const { id } = await createMap({ viewpoint: { kind: "everyone" }, state: "as_is", name: (name.trim() === "" ? proposed : name.trim()).slice(0, NAME_MAX), from: { kind: "path", touchpoints: path } });
    notifyDone(t("mapMade"));
    // The map shows what the path was found in.
    await navigate({ to: "/maps/$mapId", params: { mapId: id }, search: toMapAddress(meant) });
  };
  return (
    <Modal opened onClose={onClose} title={t("makeMap")}>
      <Form submitLabel={t("drawMap")} onSubmit={draw}>
        <PathSteps way={variant} />
        {isWidenedByMap(meant) && <p className="quiet">{t("mapOfAll")}</p>}
        <TextInput data-autofocus label={t("mapNameLabel")} description={length > path.length ? t("mapCut") : undefined} value={name} maxLength={NAME_MAX} onChange={(event) => setName(event.currentTarget.value)} onFocus={(event) => event.currentTarget.select()} />
      </Form>
    </Modal>
  );
};
