import { Link } from "@tanstack/react-router";
import { useTexts } from "../../ui/texts.ts";
import { reviewsTexts } from "./reviews.texts.ts";

const TABS = [
  { to: "/reviews", label: "tabReviews" },
  { to: "/reviews/testimonials", label: "tabTestimonials" },
  { to: "/reviews/sources", label: "tabSources" },
] as const;

/** Leads between what people write, what of it is shown to others, and where it comes from. */
export const ReviewTabs = ({ current }: { current: (typeof TABS)[number]["to"] }) => {
  const t = useTexts(reviewsTexts);
  return (
    <nav className="page-tabs" aria-label={t("tabs")}>
      {TABS.map(({ to, label }) => (
        <Link key={to} to={to} activeOptions={{ exact: true, includeSearch: false }} aria-current={to === current ? "page" : undefined}>{t(label)}</Link>
      ))}
    </nav>
  );
};
