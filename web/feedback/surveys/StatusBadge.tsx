import { useTexts } from "../../ui/texts.ts";
import classes from "./StatusBadge.module.css";
import { surveysTexts } from "./surveys.texts.ts";

export const StatusBadge = ({ status }: { status: "draft" | "open" | "closed" }) => {
  const t = useTexts(surveysTexts);
  return <span className={`${classes.badge} ${classes[status]}`}>{t(status)}</span>;
};
