// Names of what companies usually want customers to reach, and of what they do not although they sound like it.
const goalWords = /purchase|order[ _-]?(placed|completed|confirmed|confirmation)|checkout[ _-]?complet|paid|payment[ _-]?(success|complet)|subscri|sign(ed)?[ _-]?up|regist|book(ed|ing)|renew|activat|upgrad|converted|contract signed/iu;
const noGoalWords = /unsubscri|cancel|fail|error|problem|abandon|expired|declin/iu;

/** Whether a step sounds like something customers should reach. */
export const isLikelyGoal = (name: string): boolean => goalWords.test(name) && !noGoalWords.test(name);
