import { Link } from "@tanstack/react-router";
import { useTexts } from "../../ui/texts.ts";
import { explanationsTexts } from "./explanations.texts.ts";
import "./explanations.css";

/** Opens what explains a change, beside the number that changed. */
export const WhyLink = ({ metric, name }: { metric: string; name: string }) => {
  const t = useTexts(explanationsTexts);
  return (
    <Link to="." resetScroll={false} className="why-link" aria-label={t("whyOf", { metric: name })} search={(before: object) => ({ ...before, why: metric })}>
      {t("why")}
    </Link>
  );
};
