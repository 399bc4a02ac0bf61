import { Grid } from "../../ui/Card.tsx";
import { QuestionCard } from "./QuestionCard.tsx";
import type { PartProps } from "./report-part.ts";

/** A card per question, in the order of the survey. */
export const QuestionsPart = (props: PartProps) => (
  <Grid>
    {props.report.questions.map((question) => (
      <QuestionCard key={question.id} question={question} {...props} />
    ))}
  </Grid>
);
