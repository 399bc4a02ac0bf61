import { ActionIcon, FileButton, Loader } from "@mantine/core";
import { IconPhotoPlus, IconPhotoX } from "@tabler/icons-react";
import { useState } from "react";
import { notifyFailed } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { builderTexts } from "./builder.texts.ts";
import { useDraft } from "./draft-context.ts";
import { uploadPicture } from "./surveys.data.ts";

type PictureButtonProps = { imageId: string | undefined; name: string; onChange: (imageId: string | undefined) => void };

/** Uploads a picture for an option or as the logo, or takes it away. */
export const PictureButton = ({ imageId, name, onChange }: PictureButtonProps) => {
  const t = useTexts(builderTexts);
  const { surveyId } = useDraft();
  const [isBusy, setBusy] = useState(false);
  const upload = async (file: File | null): Promise<void> => {
    if (file === null) return;
    setBusy(true);
    try {
      onChange((await uploadPicture(surveyId, file)).id);
    } catch (failure) {
      notifyFailed(failure);
    } finally {
      setBusy(false);
    }
  };
  if (imageId !== undefined) {
    return (
      <ActionIcon variant="subtle" color="gray" size={28} aria-label={t("removePicture", { name })} title={t("removePicture", { name })} onClick={() => onChange(undefined)}>
        <IconPhotoX size={15} aria-hidden />
      </ActionIcon>
    );
  }
  return (
    <FileButton onChange={(file) => void upload(file)} accept="image/png,image/jpeg,image/webp">
      {(props) => (
        <ActionIcon {...props} variant="subtle" color="gray" size={28} aria-label={t("addPicture", { name })} title={t("addPicture", { name })} disabled={isBusy}>
          {isBusy ? <Loader size={14} /> : <IconPhotoPlus size={15} aria-hidden />}
        </ActionIcon>
      )}
    </FileButton>
  );
};
