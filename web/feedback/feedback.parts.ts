// Components other modules may embed.
export { AnswerList } from "./responses/AnswerList.tsx";
