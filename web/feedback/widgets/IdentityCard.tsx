import { Anchor, Button, Stack, Switch, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { Card } from "../../ui/Card.tsx";
import { CopyField } from "../../ui/CopyField.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Form } from "../../ui/Form.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { notifyDone, notifyFailed } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { proveVisitor, saveProofNeeded, useWebsiteIdentity, useWriteKeys } from "./widgets.data.ts";
import { widgetsTexts } from "./widgets.texts.ts";

const PROOF_CODE = 'crypto.createHmac("sha256", secret).update(userId).digest("hex")';

/** How pages prove who visits them: the secret, whether a proof is needed, and a way to try it. */
export const IdentityCard = ({ slug, isReadOnly }: { slug: string; isReadOnly: boolean }) => {
  const t = useTexts(widgetsTexts);
  const { data, error, refetch } = useWebsiteIdentity();
  const [isShown, setShown] = useState(false);
  const decide = async (isProofNeeded: boolean): Promise<void> => {
    try {
      await saveProofNeeded(isProofNeeded);
      notifyDone(t("identitySaved"));
    } catch (failure) {
      notifyFailed(failure);
    }
  };
  return (
    <Card title={t("identity")} subtitle={t("identityBody")}>
      {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
      {error === null && data === undefined && <Loading />}
      {data !== undefined && (
        <Stack gap="sm">
          <Switch label={t("isProofNeeded")} description={t("isProofNeededHint")} disabled={isReadOnly} checked={data.isProofNeeded} onChange={(event) => void decide(event.currentTarget.checked)} />
          <Text size="sm">{t("secretHint")}</Text>
          <CopyField isBlock label={t("proofCode")} value={PROOF_CODE} />
          {isShown ? <CopyField label={t("secret")} value={data.secret} /> : <Button variant="default" w="fit-content" onClick={() => setShown(true)}>{t("showSecret")}</Button>}
          <TryOut slug={slug} />
        </Stack>
      )}
    </Card>
  );
};

const TryOut = ({ slug }: { slug: string }) => {
  const t = useTexts(widgetsTexts);
  const [key] = useWriteKeys(true).data ?? [];
  const [userId, setUserId] = useState("");
  const [proven, setProven] = useState<{ userId: string; proof: string } | null>(null);
  const address = key === undefined || proven === null ? null : `/w/test?${new URLSearchParams({ key: key.key, survey: slug, user: proven.userId, proof: proven.proof })}`;
  return (
    <Form submitLabel={t("tryOutButton")} check={() => userId.trim() !== ""} onSubmit={async () => setProven(await proveVisitor(userId))}>
      <Text size="sm" fw={500}>{t("tryOut")}</Text>
      <TextInput label={t("tryOutUser")} w={320} maxLength={200} value={userId} onChange={(event) => setUserId(event.currentTarget.value)} />
      {proven !== null && <CopyField isBlock label={t("tryOutCall")} value={`firsthand.push(["identify", ${JSON.stringify(proven)}]);`} />}
      {address !== null && <Anchor size="sm" href={address} target="_blank" rel="noreferrer">{t("tryOutOpen")}</Anchor>}
    </Form>
  );
};
