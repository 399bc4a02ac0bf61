import { Definition } from "../../ui/Definition.tsx";
import { useTexts } from "../../ui/texts.ts";
import { channelsTexts } from "./channels.texts.ts";

const parts = ["Meeting", "Lone", "Self", "Drop", "Switch", "Contact", "Active"] as const;

export const ChannelsDefinition = () => {
  const t = useTexts(channelsTexts);
  return <Definition title={t("definition")} items={parts.map((part) => ({ term: t(`def${part}Term`), meaning: t(`def${part}`) }))} />;
};
