import { FileInput } from "@mantine/core";
import { useState } from "react";
import { Form } from "../../ui/Form.tsx";
import { notifyDone } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { type ReviewSource, uploadReviews } from "./reviews.data.ts";
import { sourcesTexts } from "./sources.texts.ts";

/** Feeds a source with a file. */
export const UploadForm = ({ source, onDone }: { source: ReviewSource; onDone: () => void }) => {
  const t = useTexts(sourcesTexts);
  const [file, setFile] = useState<File | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const isMail = source.kind === "mail";
  return (
    <Form
      submitLabel={t("uploadSend")}
      check={() => {
        setProblem(file === null ? t("fileMissing") : null);
        return file !== null;
      }}
      onSubmit={async () => {
        if (file === null) return;
        const { found, added, changed } = await uploadReviews(source.id, file);
        notifyDone(t("uploaded", { found, added, changed }));
        onDone();
      }}
    >
      <FileInput label={isMail ? t("uploadMail") : t("uploadCsv")} description={t("uploadHint")} accept={isMail ? ".eml,message/rfc822" : ".csv,text/csv"} value={file} error={problem} onChange={setFile} />
    </Form>
  );
};
