// Small surveys of other tools for tests, written after their documented formats.

export const qualtricsFile = (given: { questions: readonly unknown[]; blocks?: unknown; flow?: unknown; options?: unknown; more?: readonly unknown[] }): unknown => ({
  SurveyEntry: { SurveyID: "SV_1", SurveyName: "Visit", SurveyLanguage: "EN" },
  SurveyElements: [
    { Element: "BL", Payload: given.blocks ?? [{ Type: "Default", ID: "BL_1", Description: "Block", BlockElements: given.questions.map((one) => ({ Type: "Question", QuestionID: idOf(one) })) }] },
    { Element: "FL", Payload: given.flow ?? { Flow: [{ ID: "BL_1", Type: "Block", FlowID: "FL_2" }] } },
    { Element: "SO", Payload: given.options ?? {} },
    ...given.questions.map((payload) => ({ Element: "SQ", PrimaryAttribute: idOf(payload), Payload: payload })),
    ...(given.more ?? []),
  ],
});

const idOf = (question: unknown): string => {
  const id: unknown = typeof question === "object" && question !== null ? Reflect.get(question, "QuestionID") : undefined;
  return typeof id === "string" ? id : "";
};

type Cells = { [name: string]: string | undefined };

/** A LimeSurvey file with one group, English and perhaps more languages. */
export const limeFile = (given: { tables: { [table: string]: readonly Cells[] }; languages?: string; settings?: Cells }): string => {
  const tables: Record<string, readonly Cells[]> = {
    groups: [{ gid: "1", sid: "9", group_order: "1" }],
    surveys: [{ sid: "9", language: "en", additional_languages: given.languages ?? "" }],
    surveys_languagesettings: [{ surveyls_language: "en", surveyls_title: "Visit", ...given.settings }],
    ...given.tables,
  };
  const row = (cells: Cells): string => `<row>${Object.entries(cells).map(([name, text]) => `<${name}><![CDATA[${text ?? ""}]]></${name}>`).join("")}</row>`;
  const table = ([name, rows]: [string, readonly Cells[]]): string => `<${name}><fields/><rows>${rows.map(row).join("")}</rows></${name}>`;
  return `<?xml version="1.0"?><document><LimeSurveyDocType>Survey</LimeSurveyDocType><DBVersion>641</DBVersion>${Object.entries(tables).map(table).join("")}</document>`;
};
