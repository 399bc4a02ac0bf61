import { SegmentedControl } from "@mantine/core";
import { pageTextsIn } from "@firsthand/server/feedback/survey-page/page-texts.rules";
import { useEffect, useRef, useState } from "react";
import { Card } from "../../ui/Card.tsx";
import { useTexts } from "../../ui/texts.ts";
import classes from "./SurveyBuilderScreen.module.css";
import type { SurveyDefinition } from "./surveys.data.ts";
import { surveysTexts } from "./surveys.texts.ts";

type SurveyPreviewProps = { definition: SurveyDefinition; language: string; questionId: string | null };

/** The survey as customers will see it: the public page's own script in a frame, which keeps nothing. */
export const SurveyPreview = ({ definition, language, questionId }: SurveyPreviewProps) => {
  const t = useTexts(surveysTexts);
  const frame = useRef<HTMLIFrameElement>(null);
  const [isReady, setReady] = useState(false);
  const [size, setSize] = useState("phone");

  useEffect(() => {
    const listen = (event: MessageEvent<{ kind?: string } | null>): void => {
      if (event.origin === location.origin && event.source === frame.current?.contentWindow && event.data?.kind === "survey-preview-ready") setReady(true);
    };
    window.addEventListener("message", listen);
    return () => window.removeEventListener("message", listen);
  }, []);
  useEffect(() => {
    if (!isReady) return;
    const preview = { definition, language, texts: pageTextsIn(language), questionId };
    frame.current?.contentWindow?.postMessage({ kind: "survey-preview", preview }, location.origin);
  }, [isReady, definition, language, questionId]);

  return (
    <Card
      title={t("preview")}
      aside={
        <SegmentedControl
          size="xs"
          aria-label={t("preview")}
          value={size}
          onChange={setSize}
          data={[
            { value: "phone", label: t("previewPhone") },
            { value: "desktop", label: t("previewDesktop") },
          ]}
        />
      }
    >
      <iframe ref={frame} src="/s/preview" title={t("preview")} className={`${classes.frame} ${size === "phone" ? classes.phone : ""}`} />
    </Card>
  );
};
