import { SegmentedControl, Stack } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { CopyField } from "../../ui/CopyField.tsx";
import { useTexts } from "../../ui/texts.ts";
import { useFirstUse } from "./keys.data.ts";
import { keysTexts } from "./keys.texts.ts";
import { type Language, languages, snippetFor } from "./snippets.ts";

/** The shortest way from a key to a first event, and the proof that it arrived. */
export const FirstEvent = ({ keyId, token }: { keyId: string; token: string }) => {
  const t = useTexts(keysTexts);
  const [language, setLanguage] = useState<Language>("curl");
  const hasArrived = useFirstUse(keyId);
  const snippet = snippetFor(language, { host: window.location.origin, key: token });
  return (
    <Stack gap="sm">
      <SegmentedControl
        size="xs"
        aria-label={t("firstEvent")}
        data={[...languages]}
        value={language}
        onChange={(chosen) => setLanguage(languages.find((known) => known === chosen) ?? "curl")}
      />
      <CopyField isBlock label={t("firstEvent")} value={snippet} />
      <p className={`first-event ${hasArrived ? "first-event-arrived" : ""}`} role="status">
        {hasArrived ? (
          <>
            <IconCircleCheck size={17} aria-hidden /> {t("arrived")} <Link to="/customers">{t("seeCustomers")} →</Link>
          </>
        ) : (
          <>
            <span className="pulse" aria-hidden /> {t("waiting")}
          </>
        )}
      </p>
    </Stack>
  );
};
