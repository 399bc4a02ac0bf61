import { shownText } from "@firsthand/server/feedback/reviews/excerpt.rules";
import { Button, Checkbox } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useAbility } from "../../shell/session.data.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { Time } from "../../ui/Time.tsx";
import { notifyDone, notifyFailed } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import classes from "./ReviewPanel.module.css";
import { Stars } from "./Stars.tsx";
import { moderate, removeTestimonial, type Testimonial } from "./reviews.data.ts";
import { testimonialsTexts } from "./testimonials.texts.ts";

/** One testimonial: what was given, what was agreed to, and what of it is shown. */
export const TestimonialPanel = ({ testimonial, onRemoved }: { testimonial: Testimonial; onRemoved: () => void }) => {
  const t = useTexts(testimonialsTexts);
  const mayChange = useAbility("reviews.change");
  const [isRemoving, setRemoving] = useState(false);
  const hasWords = testimonial.original !== "";
  return (
    <>
      <div className={classes.head}>
        <Stars stars={testimonial.stars} />
        <strong>{testimonial.authorName ?? t("noName")}</strong>
        {testimonial.authorTitle !== null && <span>{testimonial.authorTitle}</span>}
        {testimonial.customer !== null && <Link to="/customers/$customerId" params={{ customerId: testimonial.customer.id }}>{testimonial.customer.name}</Link>}
        <span>{t(testimonial.state)}</span>
      </div>
      {hasWords && <section className={classes.part}><h3>{t("original")}</h3><p>{testimonial.original}</p></section>}
      {!hasWords && <p className="quiet">{t("notWritten")}</p>}
      <section className={classes.part}>
        <h3>{t("consent")}</h3>
        {testimonial.consent === null ? <p className="quiet">{t("consentNone")}</p> : (
          <>
            <p>{testimonial.consent.basis === "given" ? t("consentGiven") : t("consentPublic")}, <Time at={testimonial.consent.at} kind="absolute" /></p>
            <p className="quiet">“{testimonial.consent.wording}”</p>
          </>
        )}
      </section>
      {mayChange && hasWords && <Moderation key={testimonial.excerpt?.join() ?? "all"} testimonial={testimonial} />}
      {mayChange && <section className={classes.part}><Button variant="subtle" size="compact-sm" onClick={() => setRemoving(true)}>{t("remove")}</Button></section>}
      <ConfirmDialog
        isOpen={isRemoving} onClose={() => setRemoving(false)} title={t("removeTitle")} body={t("removeBody")} confirmLabel={t("remove")} isDangerous
        onConfirm={async () => {
          await removeTestimonial(testimonial.id);
          notifyDone(t("removedNow"));
          onRemoved();
        }}
      />
    </>
  );
};

const Moderation = ({ testimonial }: { testimonial: Testimonial }) => {
  const t = useTexts(testimonialsTexts);
  const { sentences } = testimonial;
  const [chosen, setChosen] = useState<readonly number[]>(testimonial.excerpt ?? sentences.map((_, place) => place));
  const excerpt = chosen.length === sentences.length ? null : [...chosen];
  const change = (given: Parameters<typeof moderate>[1], said: string): void => void moderate(testimonial.id, given).then(() => notifyDone(said), notifyFailed);
  const toggle = (place: number, isOn: boolean): void => setChosen((before) => (isOn ? [...before, place].toSorted((one, other) => one - other) : before.filter((other) => other !== place)));
  return (
    <section className={classes.part}>
      {sentences.length > 1 && (
        <fieldset className={classes.sentences}>
          <legend className="panel-heading">{t("choose")}</legend>
          <p className="quiet">{t("chooseHint")}</p>
          {sentences.map((sentence, place) => (
            <Checkbox key={`${place} ${sentence}`} label={sentence} checked={chosen.includes(place)} disabled={chosen.length === 1 && chosen[0] === place} onChange={(event) => toggle(place, event.currentTarget.checked)} />
          ))}
        </fieldset>
      )}
      <h3>{t("shownAs")}</h3>
      <p className={classes.shown}>{shownText(testimonial.original, excerpt)}</p>
      <div className={classes.row} style={{ marginTop: 12 }}>
        <Button size="sm" onClick={() => change({ state: "approved", excerpt }, t("approvedNow"))}>{t("approve")}</Button>
        <Button size="sm" variant="default" onClick={() => change({ state: "rejected" }, t("rejectedNow"))}>{t("reject")}</Button>
        {sentences.length > 1 && <Button size="sm" variant="default" onClick={() => change({ excerpt }, t("savedNow"))}>{t("saveExcerpt")}</Button>}
      </div>
    </section>
  );
};
