// Answers in the shapes that the sources give by their public documentation; names, words, numbers and dates are made up.

const status = (given: Record<string, unknown>, account: Record<string, unknown> = {}): Record<string, unknown> => ({
  id: "112233445566778899", created_at: "2027-02-20T08:15:00.000Z", in_reply_to_id: null, sensitive: false, spoiler_text: "", visibility: "public", language: "en",
  uri: "https://example.social/users/ann/statuses/112233445566778899", url: "https://example.social/@ann/112233445566778899", replies_count: 0, edited_at: null, reblog: null,
  content: "<p>Just got my bike from <a href=\"https://example.social/tags/acmebikes\" class=\"mention hashtag\" rel=\"tag\">#<span>acmebikes</span></a><br>Rides &amp; shines!</p>",
  account: { id: "1", username: "ann", acct: "ann", display_name: "Ann :bike:", url: "https://example.social/@ann", ...account }, media_attachments: [], tags: [{ name: "acmebikes" }], ...given,
});

export const recorded = {
  rss: `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>Reviews of Acme</title><link>https://reviews.example/acme</link>
<item><title>Fast &amp; friendly</title><link>https://reviews.example/acme/1</link><guid isPermaLink="false">acme-1</guid><pubDate>Sat, 20 Feb 2027 10:00:00 +0100</pubDate>
<dc:creator>Bea Baker</dc:creator><content:encoded><![CDATA[<p>Came in <b>two</b> days.</p><script>alert(1)</script><p>Thanks&nbsp;all!</p>]]></content:encoded>
<media:community><media:starRating average="4" count="1" min="1" max="5"/></media:community></item>
<item><title>No words</title><link>javascript:alert(1)</link><guid>acme-2</guid><pubDate>Fri, 19 Feb 2027 09:00:00 GMT</pubDate><author>carl@customer.example (Carl)</author><description>&lt;img src=x onerror=alert(1)&gt;Fine</description></item>
<item><title>Undated</title></item>
</channel></rss>`,
  atom: `<feed xmlns="http://www.w3.org/2005/Atom"><title>Acme</title><id>urn:acme</id><updated>2027-02-21T00:00:00Z</updated>
<entry><id>tag:reviews.example,2027:7</id><title type="html">So &amp;lt;so&amp;gt;</title><link rel="self" href="https://reviews.example/7.xml"/><link rel="alternate" href="https://reviews.example/7"/>
<published>2027-02-18T12:00:00Z</published><updated>2027-02-19T12:00:00Z</updated><author><name>Dora</name><email>Dora@Customer.example</email></author><content type="text">Not &lt;bad&gt;</content></entry></feed>`,
  appStore: {
    feed: {
      author: { name: { label: "iTunes Store" }, uri: { label: "http://www.apple.com/itunes/" } },
      entry: [
        {
          author: { uri: { label: "https://itunes.apple.com/us/reviews/id1122334455" }, name: { label: "rider_77" }, label: "" }, updated: { label: "2027-02-20T05:33:11-07:00" },
          "im:rating": { label: "2" }, "im:version": { label: "5.1.0" }, id: { label: "11223344556" }, title: { label: "Crashes" },
          content: { label: "Crashes on <start>. Every time.", attributes: { type: "text" } }, link: { attributes: { rel: "related", href: "https://itunes.apple.com/us/review?id=310633997&type=Purple%20Software" } },
          "im:voteSum": { label: "0" }, "im:contentType": { attributes: { term: "Application", label: "Application" } }, "im:voteCount": { label: "0" },
        },
        {
          author: { uri: { label: "https://itunes.apple.com/us/reviews/id998877" }, name: { label: "Mia" }, label: "" }, updated: { label: "2027-02-19T05:00:00-07:00" },
          "im:rating": { label: "5" }, "im:version": { label: "5.1.0" }, id: { label: "11223344557" }, title: { label: "Love it" }, content: { label: "Great 🚲", attributes: { type: "text" } },
          link: { attributes: { rel: "related", href: "https://itunes.apple.com/us/review?id=310633997&type=Purple%20Software" } },
        },
      ],
      updated: { label: "2027-02-20T06:00:00-07:00" }, rights: { label: "Copyright" }, title: { label: "iTunes Store: Customer Reviews" },
      link: [{ attributes: { rel: "self", href: "https://mzstoreservices-int-st.itunes.apple.com/us/rss/customerreviews/page=1/id=310633997/sortby=mostrecent/json" } }],
    },
  },
  googlePlay: [
    "Package Name,App Version Code,App Version Name,Reviewer Language,Device,Review Submit Date and Time,Review Submit Millis Since Epoch,Review Last Update Date and Time,Review Last Update Millis Since Epoch,Star Rating,Review Title,Review Text,Developer Reply Date and Time,Developer Reply Millis Since Epoch,Developer Reply Text,Review Link",
    "com.acme.bikes,510,5.1.0,en,panther,2027-02-01T08:00:00Z,1801468800000,2027-02-02T08:00:00Z,1801555200000,4,,\"Good, mostly\nworks\",2027-02-03T08:00:00Z,1801641600000,Thank you!,http://play.google.com/console/developers/1/app/2/user-feedback/review-details?reviewId=gp%3AAOqp-1&corpus=PUBLIC_REVIEWS",
    "com.acme.bikes,510,5.1.0,de,oriole,2027-02-04T08:00:00Z,1801728000000,2027-02-04T08:00:00Z,1801728000000,1,,,,,,",
  ].join("\n"),
  mastodon: [
    status({}),
    status({
      id: "112233445566770000", uri: "https://other.example/users/bob/statuses/5", url: "https://other.example/@bob/5", created_at: "2027-02-19T08:15:00.000Z", edited_at: "2027-02-19T09:00:00.000Z",
      content: "<p>Still waiting for #acmebikes &lt;sigh&gt;</p>", spoiler_text: "complaint",
    }, { acct: "bob@other.example", display_name: "" }),
    status({ id: "1", uri: "https://example.social/x", visibility: "private" }),
    status({ id: "2", uri: "https://example.social/y", reblog: { id: "9" } }),
  ],
  bluesky: {
    posts: [
      {
        uri: "at://did:plc:abc123/app.bsky.feed.post/3kabcdefgh2x", cid: "bafyreiabc", author: { did: "did:plc:abc123", handle: "eve.bsky.social", displayName: "Eve", avatar: "https://cdn.bsky.app/x" },
        record: { $type: "app.bsky.feed.post", createdAt: "2027-02-20T07:00:00.000Z", langs: ["en"], text: "acme bikes <3 best service", reply: { parent: { cid: "bafyp", uri: "at://did:plc:p/app.bsky.feed.post/1" }, root: { cid: "bafyr", uri: "at://did:plc:r/app.bsky.feed.post/0" } } },
        replyCount: 0, repostCount: 0, likeCount: 1, indexedAt: "2027-02-20T07:00:01.000Z", labels: [],
      },
    ],
    hitsTotal: 1,
  },
  googleBusiness: {
    reviews: [
      {
        name: "accounts/111/locations/222/reviews/AbFvOqk_1", reviewId: "AbFvOqk_1", reviewer: { profilePhotoUrl: "https://lh3.googleusercontent.com/x", displayName: "Frank Fischer" }, starRating: "THREE",
        comment: "(Translated by Google) Nice shop, long queue.\n\n(Original)\nSchöner Laden, lange Schlange.", createTime: "2027-02-10T10:00:00.000Z", updateTime: "2027-02-10T10:00:00.000Z",
      },
      {
        name: "accounts/111/locations/222/reviews/AbFvOqk_2", reviewId: "AbFvOqk_2", reviewer: { isAnonymous: true }, starRating: "FIVE", createTime: "2027-02-09T10:00:00.000Z", updateTime: "2027-02-09T10:00:00.000Z",
        reviewReply: { comment: "Thanks!", updateTime: "2027-02-09T12:00:00.000Z" },
      },
    ],
    averageRating: 4, totalReviewCount: 2,
  },
  trustpilot: {
    links: [{ href: "https://api.trustpilot.com/v1/business-units/bu1/reviews", rel: "self", method: "GET" }],
    reviews: [
      {
        id: "65d0f0a1b2c3d4e5f6a7b8c9", consumer: { links: [], id: "c-77", displayName: "Gina", displayLocation: "Leeds, GB", numberOfReviews: 2 }, businessUnit: { id: "bu1" }, stars: 1, title: "Never again",
        text: "Parcel lost, nobody answers.", language: "en", createdAt: "2027-02-15T09:00:00Z", experiencedAt: "2027-02-01T00:00:00Z", updatedAt: null, companyReply: null, isVerified: true, source: "AFSv1",
        referenceId: "42", referralEmail: "gina@customer.example", status: "active", tags: [],
      },
      {
        id: "65d0f0a1b2c3d4e5f6a7b8ca", consumer: { id: "c-78", displayName: "Hal" }, stars: 5, title: "Top", text: "All well.", language: "en", createdAt: "2027-02-14T09:00:00Z", updatedAt: "2027-02-14T10:00:00Z",
        companyReply: { text: "Thank you, Hal", authorBusinessUserName: "Acme", createdAt: "2027-02-14T11:00:00Z", updatedAt: "2027-02-14T11:00:00Z" }, referenceId: null, referralEmail: null, status: "active",
      },
      { id: "65d0f0a1b2c3d4e5f6a7b8cb", stars: 5, status: "reported", createdAt: "2027-02-14T09:00:00Z" },
    ],
  },
  csv: "Review ID;Date;Rating;Title;Review text;Customer name;E-mail;Link\n1;2027-01-05 10:00;4/5;Good;\"Nice; really\";Ida;ida@customer.example;https://reviews.example/1\n2;2027-01-06;★★☆☆☆;;Slow;Jon;;javascript:alert(1)\n;;;;;;;\n",
  mail: [
    "From: Review Site <notifications@reviews.example>", "To: shop@acme.example", "Message-ID: <abc-123@reviews.example>", "Date: Sat, 20 Feb 2027 10:00:00 +0000",
    "Subject: Kim Karlsson left you a 2-star review", "Content-Type: text/plain; charset=utf-8", "",
    "Hello Acme,", "", "Review: The saddle squeaks", "and nobody calls back.", "", "See it: https://reviews.example/reviews/991", "",
  ].join("\r\n"),
} as const;
