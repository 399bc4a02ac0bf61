import { z } from "zod";

export const TestimonialState = z.enum(["asked", "given", "approved", "rejected", "withdrawn"]);
export type TestimonialState = z.infer<typeof TestimonialState>;
export const TestimonialKind = z.enum(["testimonial", "review"]);

/** What somebody agreed to: in which words, when; or where the words stand for everybody to read. */
export const Consent = z.object({
  basis: z.enum(["given", "public"]),
  wording: z.string(),
  at: z.iso.datetime(),
  showsName: z.boolean(),
});
export type Consent = z.infer<typeof Consent>;

export const Testimonial = z.object({
  id: z.uuid(),
  kind: TestimonialKind,
  state: TestimonialState,
  reviewId: z.uuid().nullable(),
  customer: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  email: z.string().nullable(),
  authorName: z.string().nullable(),
  authorTitle: z.string().nullable(),
  stars: z.number().nullable(),
  original: z.string(),
  sentences: z.array(z.string()).describe("The original, sentence by sentence."),
  excerpt: z.array(z.int()).nullable().describe("Places of the sentences that are shown; null shows all."),
  shown: z.string(),
  consent: Consent.nullable(),
  askedAt: z.iso.datetime().nullable(),
  givenAt: z.iso.datetime().nullable(),
  moderatedAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
});
export type Testimonial = z.infer<typeof Testimonial>;

export const AskForTestimonial = z.object({
  customerId: z.uuid(),
  kind: TestimonialKind.default("testimonial"),
  reviewUrl: z.url({ protocol: /^https?$/ }).max(1000).optional().describe("Where to write the review, for the kind `review`."),
  message: z.string().trim().min(1).max(2000),
}).refine(({ kind, reviewUrl }) => kind !== "review" || reviewUrl !== undefined, { path: ["reviewUrl"], message: "Say where to write the review." });
export type AskForTestimonial = z.infer<typeof AskForTestimonial>;

export const ModerateTestimonial = z.object({
  state: z.enum(["given", "approved", "rejected"]).optional(),
  excerpt: z.array(z.int().min(0)).max(500).nullable().optional(),
});
export type ModerateTestimonial = z.infer<typeof ModerateTestimonial>;

export const WidgetSettings = z.object({
  title: z.string().trim().max(120).default("What our customers say"),
  accent: z.string().regex(/^#[0-9a-f]{6}$/i).default("#3b4fd8"),
  layout: z.enum(["list", "grid"]).default("grid"),
  look: z.enum(["light", "dark", "auto"]).default("light").describe("`auto` follows the visitor's system."),
  starsMin: z.number().min(1).max(5).default(1),
  most: z.int().min(1).max(50).default(12),
  showsAverage: z.boolean().default(true),
  heightPx: z.int().min(120).max(3000).default(420),
});
export type WidgetSettings = z.infer<typeof WidgetSettings>;

export const NewReviewWidget = z.object({ name: z.string().trim().min(1).max(120), settings: WidgetSettings.prefault({}) });
export type NewReviewWidget = z.infer<typeof NewReviewWidget>;

export const ReviewWidgetChange = z.object({ name: z.string().trim().min(1).max(120).optional(), settings: WidgetSettings.partial().optional(), isPublished: z.boolean().optional() });
export type ReviewWidgetChange = z.infer<typeof ReviewWidgetChange>;

export const ReviewWidget = z.object({
  id: z.uuid(),
  name: z.string(),
  settings: WidgetSettings,
  isPublished: z.boolean(),
  url: z.string(),
  dataUrl: z.string(),
  frameCode: z.string().describe("HTML without a script, for any page."),
  scriptCode: z.string().describe("The same by a small script, for pages that forbid frames written by hand."),
  createdAt: z.iso.datetime(),
});
export type ReviewWidget = z.infer<typeof ReviewWidget>;
