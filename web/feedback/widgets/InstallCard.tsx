import { Anchor, Select, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { Card } from "../../ui/Card.tsx";
import { CopyField } from "../../ui/CopyField.tsx";
import { useTexts } from "../../ui/texts.ts";
import { useWriteKeys } from "./widgets.data.ts";
import { widgetsTexts } from "./widgets.texts.ts";

/** The line of code a website needs, and what its pages may call. */
export const InstallCard = ({ slug, scriptUrl, maySeeKeys }: { slug: string; scriptUrl: string; maySeeKeys: boolean }) => {
  const t = useTexts(widgetsTexts);
  const keys = useWriteKeys(maySeeKeys).data ?? [];
  const [chosen, setChosen] = useState<string | null>(null);
  const key = chosen ?? keys[0]?.key ?? "fhw_…";
  const host = new URL(scriptUrl).origin;
  return (
    <Card title={t("install")} subtitle={t("installBody")}>
      <Stack gap="sm">
        {keys.length === 0 && <Text size="sm">{t("noKey")}</Text>}
        {keys.length > 1 && <Select label={t("key")} w={320} allowDeselect={false} data={keys.map(({ name, key: value }) => ({ value, label: name }))} value={key} onChange={setChosen} />}
        <CopyField isBlock label={t("code")} value={`<script async src="${scriptUrl}" data-key="${key}"></script>`} />
        {keys.length > 0 && <Anchor size="sm" href={`/w/test?key=${key}&survey=${slug}`} target="_blank" rel="noreferrer">{t("test")}</Anchor>}
        <Text size="sm" fw={500}>{t("inlineCode")}</Text>
        <CopyField isBlock label={t("inlineCode")} value={`<div data-firsthand-survey="${slug}"></div>`} />
        <Text size="sm" fw={500}>{t("calls")}</Text>
        <Text size="sm" c="dimmed">{t("callsBody")} {t("callsProof")}</Text>
        <CopyField isBlock label={t("calls")} value={`window.firsthand = window.firsthand || [];\nfirsthand.push(["identify", { userId: "42", proof: "…" }]);\nfirsthand.push(["track", "order_completed"]);\nfirsthand.push(["show", "${slug}"]);`} />
        <Text size="sm" c="dimmed">{t("csp", { host })}</Text>
      </Stack>
    </Card>
  );
};
