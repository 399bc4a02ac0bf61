import { ActionIcon, Popover } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";

type DefinitionProps = { title: string; items: readonly { term: string; meaning: string }[] };

/** What the numbers of a card mean and how they are computed, so that they can be defended; opens beside its title. */
export const Definition = ({ title, items }: DefinitionProps) => (
  <Popover width={380} position="bottom-end" shadow="md" trapFocus>
    <Popover.Target>
      <ActionIcon variant="transparent" c="dimmed" size={24} aria-label={title}>
        <IconInfoCircle size={15} aria-hidden />
      </ActionIcon>
    </Popover.Target>
    {/* Long ones scroll, with the keys too. */}
    <Popover.Dropdown aria-label={title} className="number-meanings" tabIndex={0}>
      <h3>{title}</h3>
      <dl>
        {items.map(({ term, meaning }) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Popover.Dropdown>
  </Popover>
);
