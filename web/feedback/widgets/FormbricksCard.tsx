import { Textarea } from "@mantine/core";
import { useState } from "react";
import { Card } from "../../ui/Card.tsx";
import { Form } from "../../ui/Form.tsx";
import { notifyDone } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { saveEnvironments, useEnvironments } from "./widgets.data.ts";
import { widgetsTexts } from "./widgets.texts.ts";

/** For organisations whose pages call Formbricks: their ids, so that only an address changes there. */
export const FormbricksCard = ({ isReadOnly, host }: { isReadOnly: boolean; host: string }) => {
  const t = useTexts(widgetsTexts);
  const environments = useEnvironments();
  const [text, setText] = useState<string | null>(null);
  const shown = text ?? (environments.data?.ids ?? []).join("\n");
  const submit = async (): Promise<void> => {
    await saveEnvironments(shown.split("\n").map((line) => line.trim()).filter((line) => line !== ""));
    setText(null);
    notifyDone(t("formbricksSaved"));
  };
  return (
    <Card title={t("formbricks")} subtitle={t("formbricksBody", { host })}>
      <Form submitLabel={t("save")} onSubmit={submit}>
        <Textarea label={t("formbricksIds")} description={t("formbricksHint")} autosize minRows={1} disabled={isReadOnly} value={shown} onChange={(event) => setText(event.currentTarget.value)} />
      </Form>
    </Card>
  );
};
