import { Button } from "@mantine/core";
import { CopyField } from "../../ui/CopyField.tsx";
import { useTexts } from "../../ui/texts.ts";
import type { CreatedReviewSource } from "./reviews.data.ts";
import { sourcesTexts } from "./sources.texts.ts";

/** What the other system must know to send reviews; the secret is shown this once. */
export const WebhookFacts = ({ created, onDone }: { created: CreatedReviewSource; onDone: () => void }) => {
  const t = useTexts(sourcesTexts);
  const example = [
    `body='{"id":"1","at":"2026-01-31T12:00:00Z","stars":4,"text":"Good","author":{"name":"Ann","email":"ann@example.com"}}'`,
    "t=$(date +%s)",
    `v1=$(printf '%s.%s' "$t" "$body" | openssl dgst -sha256 -hmac "$SECRET" -r | cut -d' ' -f1)`,
    `curl -X POST ${created.webhookUrl ?? ""} -H "content-type: application/json" -H "x-firsthand-signature: t=$t,v1=$v1" -d "$body"`,
  ].join("\n");
  return (
    <div className="form">
      <p className="dialog-body">{t("webhookBody")}</p>
      <h3 className="panel-heading">{t("webhookUrl")}</h3>
      <CopyField label={t("webhookUrl")} value={created.webhookUrl ?? ""} />
      <h3 className="panel-heading">{t("webhookSecret")}</h3>
      <CopyField label={t("webhookSecret")} value={created.webhookSecret ?? ""} />
      <h3 className="panel-heading">{t("webhookHow")}</h3>
      <CopyField label={t("webhookHow")} value={example} isBlock />
      <div className="form-actions"><Button size="sm" onClick={onDone}>{t("save")}</Button></div>
    </div>
  );
};
