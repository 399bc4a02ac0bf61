import { ActionIcon, Popover } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import { useTexts } from "../../ui/texts.ts";
import { driversTexts } from "./drivers.texts.ts";

/** What the shares mean and how they are computed, so that they can be defended. */
export const DriversDefinition = ({ bootstraps }: { bootstraps: number }) => {
  const t = useTexts(driversTexts);
  return (
    <Popover width={380} position="bottom-end" shadow="md" trapFocus>
      <Popover.Target>
        <ActionIcon variant="transparent" c="dimmed" size={24} aria-label={t("definition")}>
          <IconInfoCircle size={15} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={t("definition")} className="drivers-definition">
        <h3>{t("definition")}</h3>
        <dl>
          <dt>{t("definitionShareTerm")}</dt>
          <dd>{t("definitionShare")}</dd>
          <dt>{t("definitionIntervalTerm")}</dt>
          <dd>{t("definitionInterval", { count: bootstraps })}</dd>
          <dt>{t("definitionRankTerm")}</dt>
          <dd>{t("definitionRank")}</dd>
          <dt>{t("johnson")}</dt>
          <dd>{t("definitionJohnson")}</dd>
          <dt>{t("definitionOthersTerm")}</dt>
          <dd>{t("definitionOthers")}</dd>
          <dt>{t("missing")}</dt>
          <dd>{t("definitionMissing")}</dd>
          <dt>{t("definitionAroundTerm")}</dt>
          <dd>{t("definitionAround")}</dd>
          <dt>{t("definitionSourceTerm")}</dt>
          <dd className="quiet">{t("definitionSource")}</dd>
        </dl>
      </Popover.Dropdown>
    </Popover>
  );
};
