import { shownText } from "./excerpt.rules.ts";

export type Published = {
  organisation: string;
  average: { count: number; average: number | null };
  items: readonly { authorName: string | null; authorTitle: string | null; stars: number | null; original: string; excerpt: readonly number[] | null; showsName: boolean; at: string; url: string | null }[];
};

/** What is published as schema.org data, for search engines and other programs.
 *  Source: schema.org/Review, schema.org/AggregateRating; the average counts all ratings, also those that are not shown. */
export const schemaOrg = ({ organisation, average, items }: Published): Record<string, unknown> => ({
  "@context": "https://schema.org",
  "@type": "Organization",
  name: organisation,
  ...(average.average === null ? {} : {
    aggregateRating: { "@type": "AggregateRating", ratingValue: rounded(average.average), bestRating: 5, worstRating: 1, ratingCount: average.count },
  }),
  review: items.map((item) => ({
    "@type": "Review",
    author: { "@type": "Person", name: nameOf(item) },
    datePublished: item.at.slice(0, 10),
    reviewBody: shownText(item.original, item.excerpt),
    ...(item.stars === null ? {} : { reviewRating: { "@type": "Rating", ratingValue: rounded(item.stars), bestRating: 5, worstRating: 1 } }),
    ...(item.url === null ? {} : { url: item.url }),
  })),
});

export const nameOf = (item: { authorName: string | null; showsName: boolean }): string => (item.showsName && item.authorName !== null ? item.authorName : "A customer");

/** One digit after the point, as review sites show it. */
export const rounded = (stars: number): number => Math.round(stars * 10) / 10;
