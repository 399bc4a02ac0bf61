export type Density = "dense" | "comfortable";

const place = "firsthand.density";

export const currentDensity = (): Density => (localStorage.getItem(place) === "comfortable" ? "comfortable" : "dense");

/** Remembers how roomy the screens are and applies it at once; anything unknown is dense. */
export const setDensity = (value: string): Density => {
  const density: Density = value === "comfortable" ? "comfortable" : "dense";
  localStorage.setItem(place, density);
  document.documentElement.dataset.density = density;
  return density;
};
