import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useLive } from "../../shell/live.ts";
import { useAbility } from "../../shell/session.data.ts";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { Time } from "../../ui/Time.tsx";
import { notifyDone, notifyFailed } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { CustomerPicker } from "./CustomerPicker.tsx";
import { ReplyForm } from "./ReplyForm.tsx";
import classes from "./ReviewPanel.module.css";
import { Stars } from "./Stars.tsx";
import { assignCustomer, makeTestimonial, type ReviewDetail, useReview } from "./reviews.data.ts";
import { reviewsTexts } from "./reviews.texts.ts";

/** One review: what was said, by whom, and the answer. */
export const ReviewPanel = ({ id }: { id: string }) => {
  const review = useReview(id);
  useLive(["review.received", "review.answered"], () => void review.refetch());
  if (review.isPending) return <Loading kind="rows" rows={4} />;
  if (review.error !== null) return <ErrorState error={review.error} onRetry={() => void review.refetch()} />;
  return (
    <>
      <Words review={review.data} />
      <Writer review={review.data} />
      <Answer review={review.data} />
      <Use review={review.data} />
      <Earlier review={review.data} />
    </>
  );
};

const Words = ({ review }: { review: ReviewDetail }) => {
  const t = useTexts(reviewsTexts);
  return (
    <>
      <div className={classes.head}>
        <Stars stars={review.stars} most={review.starsMax} />
        <strong>{review.authorName ?? t("unnamed")}</strong>
        <span>{review.sourceName}</span>
        <Time at={review.writtenAt} kind="absolute" />
        {review.version > 1 && <span>{t("edited")}</span>}
      </div>
      <div className={classes.words}>
        {review.title !== "" && <h3>{review.title}</h3>}
        <p>{review.text}</p>
      </div>
      {review.url !== null && <a href={review.url} target="_blank" rel="noopener noreferrer">{t("openSource")}</a>}
    </>
  );
};

const Writer = ({ review }: { review: ReviewDetail }) => {
  const t = useTexts(reviewsTexts);
  const mayAssign = useAbility("reviews.answer");
  const [isChoosing, setChoosing] = useState(false);
  const assign = async (customer: { id: string; name: string } | null): Promise<void> => {
    await assignCustomer(review.id, customer?.id ?? null);
    setChoosing(false);
    notifyDone(customer === null ? t("unassigned") : t("assigned", { name: customer.name }));
  };
  return (
    <section className={classes.part}>
      <h3>{t("whoWrote")}</h3>
      <div className={classes.row}>
        {review.customer === null ? <span className="quiet">{t("nobody")}</span> : <Link to="/customers/$customerId" params={{ customerId: review.customer.id }}>{review.customer.name}</Link>}
        {review.isAssignedByHand && <span className="quiet">{t("byHand")}</span>}
        {mayAssign && !isChoosing && (
          <Button variant="default" size="compact-sm" onClick={() => setChoosing(true)}>{review.customer === null ? t("assign") : t("change")}</Button>
        )}
        {mayAssign && review.customer !== null && <Button variant="subtle" size="compact-sm" onClick={() => void assign(null).catch(notifyFailed)}>{t("unassign")}</Button>}
      </div>
      {isChoosing && <CustomerPicker label={t("assign")} hint={t("searchHint")} start={review.authorName ?? ""} takeLabel={t("take")} onTake={(customer) => void assign(customer).catch(notifyFailed)} />}
    </section>
  );
};

const Answer = ({ review }: { review: ReviewDetail }) => {
  const t = useTexts(reviewsTexts);
  const mayAnswer = useAbility("reviews.answer");
  return (
    <section className={classes.part}>
      {review.answer === null ? !review.canReply && <h3>{t("reply")}</h3> : (
        <>
          <h3>{t("standing")}</h3>
          <p>{review.answer.text}</p>
          {review.answer.at !== null && <p className="quiet"><Time at={review.answer.at} kind="absolute" /></p>}
        </>
      )}
      {review.reply?.state === "queued" && <p className="quiet" role="status">{review.reply.error === null ? t("replyQueued") : t("replyFailed", { error: review.reply.error })}</p>}
      {review.reply?.state === "failed" && <p className={classes.bad} role="alert">{t("replyFailed", { error: review.reply.error ?? "" })}</p>}
      {!review.canReply && <p className="quiet">{t("cannotReply")} {review.url !== null && <a href={review.url} target="_blank" rel="noopener noreferrer">{t("cannotReplyLink")}</a>}</p>}
      {review.canReply && mayAnswer && review.reply?.state !== "queued" && (
        <ReplyForm
          key={review.reply?.id ?? "new"} id={review.id} lengthMax={review.replyLengthMax}
          text={review.reply !== null && review.reply.state !== "sent" ? review.reply.text : ""}
        />
      )}
    </section>
  );
};

const Use = ({ review }: { review: ReviewDetail }) => {
  const t = useTexts(reviewsTexts);
  const mayChange = useAbility("reviews.change");
  if (!mayChange) return null;
  const take = (): void => void makeTestimonial(review.id).then(() => notifyDone(t("madeTestimonial")), notifyFailed);
  return (
    <section className={classes.part}>
      {review.testimonialId !== null
        ? <Link to="/reviews/testimonials" search={{ testimonial: review.testimonialId }}>{t("isTestimonial")}</Link>
        : review.isPublic ? <Button variant="default" size="compact-sm" onClick={take}>{t("makeTestimonial")}</Button> : <p className="quiet">{t("notPublic")}</p>}
    </section>
  );
};

const Earlier = ({ review }: { review: ReviewDetail }) => {
  const t = useTexts(reviewsTexts);
  if (review.earlier.length === 0) return null;
  return (
    <section className={classes.part}>
      <h3>{t("earlier")}</h3>
      {review.earlier.map((version) => (
        <div key={version.number}>
          <div className={classes.head}>
            {t("version", { number: version.number })}
            <Stars stars={version.stars} most={review.starsMax} />
            <Time at={version.writtenAt} kind="absolute" />
          </div>
          <p>{[version.title, version.text].filter((text) => text !== "").join("\n")}</p>
        </div>
      ))}
    </section>
  );
};
