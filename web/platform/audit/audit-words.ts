/** The code of an action in words: "alert_rule.changed" is "Alert rule changed". Codes name what was changed and how, in words already. */
export const sayAction = (action: string): string => {
  const words = action.replaceAll(/[._-]+/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
};
