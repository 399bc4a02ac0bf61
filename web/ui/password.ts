/** How long guessing would take, roughly: length counts most, as NIST SP 800-63B says; repeats and runs count nothing.
 *  @returns 0 (nothing) to 4 (strong) */
export const passwordStrength = (password: string): 0 | 1 | 2 | 3 | 4 => {
  if (password === "") return 0;
  const characters = [...password.toLowerCase()];
  const fresh = characters.filter((character, index) => !isPredictable(characters[index - 1], character)).length;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z\d]/].filter((kind) => kind.test(password)).length;
  const worth = fresh + kinds - 1;
  if (password.length < 10 || worth < 9) return 1;
  if (worth < 12) return 2;
  return worth < 16 ? 3 : 4;
};

const isPredictable = (before: string | undefined, character: string): boolean =>
  before !== undefined && Math.abs(character.charCodeAt(0) - before.charCodeAt(0)) <= 1;
