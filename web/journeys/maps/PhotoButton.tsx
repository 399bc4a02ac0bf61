import { ActionIcon, FileButton, Loader } from "@mantine/core";
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
  const label = t(fileId === null ? "addPhoto" : "removePhoto");
  // One button throughout, never shut: one that goes or is shut loses the focus, and the card would be left.
  return (
    <FileButton accept="image/png,image/jpeg,image/webp" onChange={(file) => void take(file)}>
      {({ onClick }) => (
        <ActionIcon variant="subtle" color="gray" size={26} aria-busy={isBusy} aria-label={label} title={label} onClick={fileId === null ? onClick : () => onPhoto(null)}>
          {isBusy ? <Loader size={13} /> : fileId === null ? <IconPhoto size={15} aria-hidden /> : <IconPhotoOff size={15} aria-hidden />}
        </ActionIcon>
      )}
    </FileButton>
  );
};
