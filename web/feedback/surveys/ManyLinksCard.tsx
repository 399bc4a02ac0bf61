import { NumberInput } from "@mantine/core";
import { useState } from "react";
import { saveFile } from "../../shell/save-file.ts";
import { Card } from "../../ui/Card.tsx";
import { Form } from "../../ui/Form.tsx";
import { useTexts } from "../../ui/texts.ts";
import { createSingleUseLinks, type Survey } from "./surveys.data.ts";
import { surveysTexts } from "./surveys.texts.ts";

/** Many links at once, each good for one response of somebody not known by name. */
export const ManyLinksCard = ({ survey }: { survey: Survey }) => {
  const t = useTexts(surveysTexts);
  const [count, setCount] = useState(20);
  const [made, setMade] = useState(0);
  const make = async (): Promise<void> => {
    const links = await createSingleUseLinks(survey.id, count);
    saveFile(`${survey.name}.links.csv`, new Blob([["url,expires_at", ...links.map(({ url, expiresAt }) => `${url},${expiresAt}`)].join("\r\n")], { type: "text/csv" }));
    setMade(links.length);
  };
  return (
    <Card title={t("manyLinks")} subtitle={t("manyLinksBody")} span={6}>
      <Form submitLabel={t("makeLinks")} onSubmit={make}>
        <NumberInput label={t("howMany")} min={1} max={1_000} allowDecimal={false} value={count} onChange={(value) => typeof value === "number" && value >= 1 && setCount(Math.min(1_000, Math.round(value)))} />
      </Form>
      {made > 0 && <p role="status">{t("linksMade", { count: made })}</p>}
    </Card>
  );
};
