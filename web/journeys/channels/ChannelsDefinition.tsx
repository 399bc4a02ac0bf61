import { ActionIcon, Popover } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import { useTexts } from "../../ui/texts.ts";
import { channelsTexts } from "./channels.texts.ts";

const parts = ["Meeting", "Lone", "Self", "Drop", "Switch", "Contact", "Active"] as const;

/** What the numbers mean and how they are computed, so that they can be defended. */
export const ChannelsDefinition = () => {
  const t = useTexts(channelsTexts);
  return (
    <Popover width={380} position="bottom-end" shadow="md" trapFocus>
      <Popover.Target>
        <ActionIcon variant="transparent" c="dimmed" size={24} aria-label={t("definition")}>
          <IconInfoCircle size={15} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={t("definition")} className="channel-definition">
        <h3>{t("definition")}</h3>
        <dl>
          {parts.map((part) => (
            <div key={part}>
              <dt>{t(`def${part}Term`)}</dt>
              <dd>{t(`def${part}`)}</dd>
            </div>
          ))}
        </dl>
      </Popover.Dropdown>
    </Popover>
  );
};
