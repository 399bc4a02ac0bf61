import { Button, Radio, Stack, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { Form } from "../../ui/Form.tsx";
import { notifyDone } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { CustomerPicker } from "./CustomerPicker.tsx";
import classes from "./ReviewPanel.module.css";
import { askForTestimonial } from "./reviews.data.ts";
import { reviewsTexts } from "./reviews.texts.ts";
import { testimonialsTexts } from "./testimonials.texts.ts";

/** Asks a customer by mail for words to show, or for a review. */
export const AskForm = ({ onDone }: { onDone: () => void }) => {
  const t = useTexts(testimonialsTexts);
  const r = useTexts(reviewsTexts);
  const [customer, setCustomer] = useState<{ id: string; name: string } | null>(null);
  const [kind, setKind] = useState<"testimonial" | "review">("testimonial");
  const [reviewUrl, setReviewUrl] = useState("");
  const [message, setMessage] = useState(t("messageStart"));
  const [problems, setProblems] = useState<{ customer?: string; reviewUrl?: string; message?: string }>({});
  const check = (): boolean => {
    const found = {
      ...(customer === null ? { customer: t("whomMissing") } : {}),
      ...(kind === "review" && !/^https?:\/\//i.test(reviewUrl) ? { reviewUrl: t("reviewUrlMissing") } : {}),
      ...(message.trim() === "" ? { message: t("messageMissing") } : {}),
    };
    setProblems(found);
    return Object.keys(found).length === 0;
  };
  const submit = async (): Promise<void> => {
    if (customer === null) return;
    await askForTestimonial({ customerId: customer.id, kind, message, ...(kind === "review" ? { reviewUrl: reviewUrl.trim() } : {}) });
    notifyDone(t("sentTo", { name: customer.name }));
    onDone();
  };
  return (
    <Form submitLabel={t("send")} check={check} onSubmit={submit}>
      {customer === null ? (
        <div>
          <CustomerPicker label={t("whom")} hint={t("whomHint")} takeLabel={r("assign")} onTake={setCustomer} />
          {problems.customer !== undefined && <p className={classes.bad} role="alert">{problems.customer}</p>}
        </div>
      ) : (
        <div className={classes.row}>
          <strong>{customer.name}</strong>
          <Button variant="default" size="compact-sm" onClick={() => setCustomer(null)}>{r("change")}</Button>
        </div>
      )}
      <Radio.Group label={t("what")} value={kind} onChange={(value) => setKind(value === "review" ? "review" : "testimonial")}>
        <Stack gap={10} mt={8}>
          <Radio value="testimonial" label={t("testimonial")} description={t("testimonialMeans")} />
          <Radio value="review" label={t("review")} description={t("reviewMeans")} />
        </Stack>
      </Radio.Group>
      {kind === "review" && <TextInput label={t("reviewUrl")} value={reviewUrl} error={problems.reviewUrl} onChange={(event) => setReviewUrl(event.currentTarget.value)} />}
      <Textarea label={t("message")} autosize minRows={6} maxRows={16} value={message} error={problems.message} onChange={(event) => setMessage(event.currentTarget.value)} />
    </Form>
  );
};
