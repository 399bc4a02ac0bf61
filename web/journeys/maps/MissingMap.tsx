import { Button } from "@mantine/core";
import { IconMapOff } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { ApiError } from "../../shell/api.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { useTexts } from "../../ui/texts.ts";
import { GoneNotice } from "./GoneNotice.tsx";
import { useKeptEdits } from "./map-session.ts";
import { mapTexts } from "./map.texts.ts";
import { unsentWords } from "./unsent.rules.ts";

/** A map the server does not have. What this member drew on it without connection can still be read here, until it is let go. */
export const MissingMap = ({ mapId, error, onRetry }: { mapId: string; error: unknown; onRetry: () => void }) => {
  const t = useTexts(mapTexts);
  const navigate = useNavigate();
  const { kept, keep } = useKeptEdits(mapId);
  const [words] = useState(() => unsentWords(kept));
  if (words.length === 0 && error instanceof ApiError && error.status === 404)
    return <><PageHeader title={t("map")} /><EmptyState icon={IconMapOff} title={t("unknownTitle")} body={t("unknownBody")} action={{ label: t("allMaps"), to: "/maps" }} /></>;
  if (words.length === 0) return <><PageHeader title={t("map")} /><ErrorState error={error} onRetry={onRetry} /></>;
  const letGo = (): void => {
    keep({ waiting: [], conflicts: [] });
    void navigate({ to: "/maps" });
  };
  return (
    <GoneNotice title={t("map")} heading={t("missingTitle")} body={t("missingBody")} listed={t("goneUnsent", { count: words.length })} words={words}>
      <Button variant="default" onClick={letGo}>{t("goneLetGo")}</Button>
    </GoneNotice>
  );
};
