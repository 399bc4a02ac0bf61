import { Group, MultiSelect, NativeSelect } from "@mantine/core";
import { useMemberChoices } from "../../people/people.parts.ts";
import { useTexts } from "../../ui/texts.ts";
import { mailPaces } from "./alerts.data.ts";
import { alertsTexts } from "./alerts.texts.ts";
import { chooseColleagues, paceOf, type ToldMember } from "./rule-form.ts";

type RuleColleaguesProps = { memberId: string; colleagues: readonly ToldMember[]; onChange: (colleagues: ToldMember[]) => void };

/** Which other members get a mail, and when. */
export const RuleColleagues = ({ memberId, colleagues, onChange }: RuleColleaguesProps) => {
  const t = useTexts(alertsTexts);
  const { choices, failure } = useMemberChoices(null);
  const known = choices.filter(({ value }) => value !== memberId);
  // Who has left still gets none: such a member is shown so that she can be taken out.
  const gone = colleagues.filter((one) => known.every(({ value }) => value !== one.memberId)).map((one) => ({ value: one.memberId, label: t("memberGone") }));
  const pace = colleagues[0]?.mail ?? "daily";
  return (
    <Group grow gap="sm" align="flex-start">
      <MultiSelect
        label={t("colleagues")}
        placeholder={colleagues.length === 0 ? t("nobody") : ""}
        data={[...known, ...gone]}
        value={colleagues.map((one) => one.memberId)}
        onChange={(ids) => onChange(chooseColleagues(colleagues, ids, pace))}
        error={failure}
        searchable
      />
      {colleagues.length > 0 && (
        <NativeSelect
          label={t("colleaguesWhen")}
          data={mailPaces.filter((one) => one !== "never").map((value) => ({ value, label: t(value) }))}
          value={pace}
          onChange={(event) => onChange(colleagues.map((one) => ({ ...one, mail: paceOf(event.currentTarget.value) })))}
        />
      )}
    </Group>
  );
};
