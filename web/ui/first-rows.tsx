import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTexts } from "./texts.ts";
import { uiTexts } from "./ui.texts.ts";

/** So many rows of a ranked list are read at a glance. */
const FIRST = 8;

/** The first rows of a ranked list, and the button that shows all of them or the first again; null where there are no more. */
export const useFirstRows = <Row,>(rows: readonly Row[], first = FIRST): [shown: readonly Row[], button: ReactNode] => {
  const t = useTexts(uiTexts);
  const [isWhole, showWhole] = useState(false);
  if (rows.length <= first) return [rows, null];
  return [
    isWhole ? rows : rows.slice(0, first),
    <Button key="more" variant="default" size="xs" mt="sm" aria-expanded={isWhole} onClick={() => showWhole(!isWhole)}>{isWhole ? t("showFewer") : t("showAll", { count: rows.length })}</Button>,
  ];
};
