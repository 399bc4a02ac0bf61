import { Button, Menu } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { addressOf, type Query } from "../../shell/api.ts";
import { download } from "../../shell/downloads.ts";
import { useAbility } from "../../shell/session.data.ts";
import { useTexts } from "../../ui/texts.ts";
import { pathLogTexts } from "./path-log.texts.ts";

const forms = ["xes", "jsonocel", "xmlocel", "csv"] as const;

/** Every step of the paths that are shown, as a file for other programs; nothing for those who may not take it out. */
export const PathLogMenu = ({ query }: { query: Query | null }) => {
  const t = useTexts(pathLogTexts);
  if (!useAbility("paths.export") || query === null) return null;
  return (
    <Menu position="bottom-end" shadow="md" width={300}>
      <Menu.Target>
        <Button variant="default" size="xs" leftSection={<IconDownload size={14} aria-hidden />}>{t("export")}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t("exportHint")}</Menu.Label>
        {forms.map((form) => (
          <Menu.Item key={form} component="a" href={addressOf(`/api/paths/log.${form}`, query)} download onClick={download}>
            {t(form)}
            <span className="paths-form">{t(`${form}Hint`)}</span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
};
