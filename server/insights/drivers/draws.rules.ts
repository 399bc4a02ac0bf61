// Numbers drawn from distributions, from numbers drawn evenly.

/** Source: Box & Muller, "A Note on the Generation of Random Normal Deviates", 1958. */
export const normalOf = (random: () => number): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** @param degrees 1 or more
 *  Source: Marsaglia & Tsang, "A Simple Method for Generating Gamma Variables", ACM TOMS 26(3), 2000; below 2 degrees with their boost. */
export const chiSquareOf = (degrees: number, random: () => number): number => {
  const shape = degrees / 2;
  if (shape < 1) return chiSquareOf(degrees + 2, random) * (1 - random()) ** (1 / shape);
  const [d, c] = [shape - 1 / 3, 1 / Math.sqrt(9 * (shape - 1 / 3))];
  for (;;) {
    const normal = normalOf(random);
    const cubed = (1 + c * normal) ** 3;
    if (cubed > 0 && Math.log(1 - random()) < normal ** 2 / 2 + d * (1 - cubed + Math.log(cubed))) return 2 * d * cubed;
  }
};
