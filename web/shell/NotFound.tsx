import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTexts } from "../ui/texts.ts";
import { Door } from "./Door.tsx";
import { shellTexts } from "./shell.texts.ts";

export const NotFound = () => {
  const t = useTexts(shellTexts);
  return (
    <Door title={t("notFoundTitle")} lead={t("notFoundBody")}>
      <Button component={Link} to="/" size="sm">
        {t("toHome")}
      </Button>
    </Door>
  );
};
