import { ActionIcon, Menu } from "@mantine/core";
import { IconCopy, IconDots, IconDownload, IconHistory, IconLock, IconLockOpen, IconTrash } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { saveFile } from "../../shell/save-file.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { notifyDone, notifyFailed } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { closeSurvey, copySurvey, removeSurvey, reopenSurvey, type Survey, type SurveyDefinition } from "./surveys.data.ts";
import { surveysTexts } from "./surveys.texts.ts";

type SurveyMenuProps = { survey: Survey; definition: SurveyDefinition; flush: () => Promise<void>; onVersions: () => void };

/** What is rarely done to a survey: copy, save as a file, look at versions, close, open again, delete. */
export const SurveyMenu = ({ survey, definition, flush, onVersions }: SurveyMenuProps) => {
  const t = useTexts(surveysTexts);
  const navigate = useNavigate();
  const [asked, setAsked] = useState<"close" | "remove" | null>(null);
  const copy = async (): Promise<void> => {
    await flush();
    const copied = await copySurvey(survey.id);
    notifyDone(t("copied"));
    await navigate({ to: "/surveys/$surveyId", params: { surveyId: copied.id } });
  };
  const remove = async (): Promise<void> => {
    await removeSurvey(survey.id);
    notifyDone(t("removed"));
    await navigate({ to: "/surveys" });
  };
  return (
    <>
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <ActionIcon variant="default" size={30} aria-label={t("more")}>
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconCopy size={14} />} onClick={() => void copy().catch(notifyFailed)}>{t("copy")}</Menu.Item>
          <Menu.Item leftSection={<IconDownload size={14} />} onClick={() => saveFile(`${survey.name}.survey.json`, new Blob([JSON.stringify(definition, null, 2)], { type: "application/json" }))}>{t("saveAsFile")}</Menu.Item>
          <Menu.Item leftSection={<IconHistory size={14} />} onClick={onVersions}>{t("versions")}</Menu.Item>
          {survey.status === "open" && <Menu.Item leftSection={<IconLock size={14} />} onClick={() => setAsked("close")}>{t("close")}</Menu.Item>}
          {survey.status === "closed" && (
            <Menu.Item leftSection={<IconLockOpen size={14} />} onClick={() => void reopenSurvey(survey.id).catch(notifyFailed)}>{t("reopen")}</Menu.Item>
          )}
          <Menu.Item leftSection={<IconTrash size={14} />} onClick={() => setAsked("remove")}>{t("remove")}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ConfirmDialog isOpen={asked === "close"} onClose={() => setAsked(null)} title={t("closeTitle")} body={t("closeBody")} confirmLabel={t("close")}
        onConfirm={() => closeSurvey(survey.id)} />
      <ConfirmDialog isOpen={asked === "remove"} onClose={() => setAsked(null)} title={t("removeTitle")} body={t("removeBody")} confirmLabel={t("remove")}
        isDangerous onConfirm={remove} />
    </>
  );
};
