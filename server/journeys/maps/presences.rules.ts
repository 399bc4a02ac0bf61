/** How often a page says that it still shows a map, and after how long without that it is taken for gone: two times may be lost on the way. */
export const presenceBeatMs = 6_000;
export const presenceGoneMs = 20_000;
