import { ActionIcon, FileButton } from "@mantine/core";
import { IconPhoto, IconPhotoOff } from "@tabler/icons-react";
import { useState } from "react";
import { notifyFailed } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { useDrawing } from "./map-drawing.ts";
import { mapTexts } from "./map.texts.ts";
import { sendPhoto } from "./maps.data.ts";

/** Puts a photo on a card, or takes it away again. */
export const PhotoButton = ({ fileId, onPhoto }: { fileId: string | null; onPhoto: (fileId: string | null) => void }) => {
  const t = useTexts(mapTexts);
  const { mapId } = useDrawing();
  const [isBusy, setBusy] = useState(false);
  const take = async (file: File | null): Promise<void> => {
    if (file === null) return;
    setBusy(true);
    try {
      onPhoto((await sendPhoto(mapId, file)).fileId);
    } catch (failure) {
      notifyFailed(failure);
    } finally {
      setBusy(false);
    }
  };
  if (fileId !== null)
    return <ActionIcon variant="subtle" color="gray" size={26} aria-label={t("removePhoto")} title={t("removePhoto")} onClick={() => onPhoto(null)}><IconPhotoOff size={15} aria-hidden /></ActionIcon>;
  return (
    <FileButton accept="image/png,image/jpeg,image/webp" onChange={(file) => void take(file)}>
      {(props) => <ActionIcon {...props} variant="subtle" color="gray" size={26} loading={isBusy} aria-label={t("addPhoto")} title={t("addPhoto")}><IconPhoto size={15} aria-hidden /></ActionIcon>}
    </FileButton>
  );
};
