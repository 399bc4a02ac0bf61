/** Natural logarithm of the gamma function.
 *  @param z above 0, or below between whole numbers
 *  Source: Lanczos' approximation with g = 7 and nine terms, right to about 15 digits. */
export const logGamma = (z: number): number => {
  if (z < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * z)) - logGamma(1 - z);
  const x = z - 1;
  const sum = lanczos.reduce((all, factor, index) => all + factor / (x + index + 1), 0.99999999999980993);
  const t = x + lanczos.length - 0.5;
  return 0.5 * Math.log(2 * Math.PI) + (x + 0.5) * Math.log(t) - t + Math.log(sum);
};

const lanczos = [676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7];
