import { Button, Menu } from "@mantine/core";
import { IconColumns3 } from "@tabler/icons-react";
import type { Column } from "./table.ts";
import { useTexts } from "./texts.ts";
import { uiTexts } from "./ui.texts.ts";

type ColumnChooserProps<Row> = {
  columns: readonly Column<Row>[];
  hidden: ReadonlySet<string>;
  onToggle: (key: string) => void;
  onReset: () => void;
};

export const ColumnChooser = <Row,>({ columns, hidden, onToggle, onReset }: ColumnChooserProps<Row>) => {
  const t = useTexts(uiTexts);
  return (
    <Menu closeOnItemClick={false} position="bottom-end" shadow="md">
      <Menu.Target>
        <Button variant="default" size="compact-sm" leftSection={<IconColumns3 size={14} aria-hidden />}>
          {t("columns")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {columns
          .filter(({ isFixed }) => !isFixed)
          .map(({ key, label }) => (
            <Menu.CheckboxItem key={key} checked={!hidden.has(key)} onChange={() => onToggle(key)}>
              {label}
            </Menu.CheckboxItem>
          ))}
        <Menu.Divider />
        <Menu.Item onClick={onReset}>{t("resetColumns")}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};
